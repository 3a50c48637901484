using Sitters;

namespace Samples.Examples;

// README: context
public class Robot
{
    [Sit(MaxAttempts = 2, CompletionHooks = [nameof(Log)])]
    public async Task<string> Fetch(string thing)
    {
        await Step();
        return thing;
    }

    // Not sat itself, but it runs in a sat call, so it knows which one.
    private static async Task Step()
    {
        await Task.Delay(20);
        var call = SitContext.Current;
        Console.WriteLine($"attempt {call.Attempt} is {call.State}");
        if (call.Attempt == 1)
        {
            throw new IOException("stuck");
        }
    }

    private static void Log(SitContext call) => Console.WriteLine(
        $"{call.State} with {call.Result} at attempt {call.Attempt}, after \"{call.Exception?.Message}\"");
}
// end

internal static class Contexts
{
    public static async Task Run()
    {
        Console.WriteLine($"a sat call out here: {SitContext.TryGetCurrent(out _)}");
        await new Robot().Fetch("tea");
    }
}
