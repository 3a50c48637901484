using Samples;
using Samples.Tour;

// Ctrl+C and TERM cancel the sat calls of an example, and the process goes on to its end: its exit code is then 128 + the signal.
switch (args)
{
    case [] or ["tour"]:
        return await GuidedTour.Run();
    case [var name, .. var options] when ExampleList.Find(name) is { } example:
        if (options.Contains(Remote.Option))
        {
            Remote.Listen();
        }

        await example.Run();
        return Environment.ExitCode;
    default:
        Console.WriteLine("dotnet run --project Samples -- NAME, where NAME is one of");
        Console.WriteLine();
        Console.WriteLine($"  {"tour",-16}runs all of them");
        foreach (var example in ExampleList.All)
        {
            Console.WriteLine($"  {example.Name,-16}{example.Title}");
        }

        return args is ["help" or "--help" or "-h"] ? 0 : 2;
}
