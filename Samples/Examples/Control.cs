using Sitters;

namespace Samples.Examples;

public class Worker
{
    [Sit]
    public async Task<int?> Sync()
    {
        for (var page = 1; page <= 4; page++)
        {
            await Task.Delay(200);
            Console.WriteLine($"sync: page {page}");
        }

        return 4;
    }

    [Sit]
    public async Task<int?> Upload()
    {
        for (var part = 1; part <= 3; part++)
        {
            await Task.Delay(200);
        }

        Console.WriteLine("upload: done");
        return 3;
    }

    [Sit(OnCancel = SitOutcome.Throw)]
    public async Task Watch()
    {
        try
        {
            await Task.Delay(Timeout.Infinite);
        }
        finally
        {
            Console.WriteLine("watch: put away");
        }
    }
}

internal static class Control
{
    public static async Task Run()
    {
        var worker = new Worker();
        var watch = worker.Watch();
        // README: control
        var sync = worker.Sync();
        var upload = worker.Upload();
        await Task.Delay(300);

        Sitter.Pause(call => call.Name == "Sync");
        foreach (var call in Sitter.ActiveCalls.OrderBy(call => call.Name))
        {
            Console.WriteLine($"{call.Name} is {call.State}");
        }

        await upload;
        Sitter.Resume(call => call.State is SitState.Pausing or SitState.Paused);
        Console.WriteLine($"sync: {await sync}");

        Sitter.Cancel();
        await Sitter.WhenIdle();
        // end
        Console.WriteLine($"{Sitter.ActiveCalls.Count} calls active");
        try
        {
            await watch;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("watch: throws OperationCanceledException");
        }
    }
}
