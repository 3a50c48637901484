using Polly;
using Sitters;

namespace Samples.Examples;

// README: retry
public class Post
{
    [Sit(
        MaxAttempts = 4,
        RetryDelaySeconds = 0.05,
        RetryBackoff = DelayBackoffType.Exponential,
        MaxRetryDelaySeconds = 1,
        RetryHooks = [nameof(Tell)])]
    public async Task<string> Deliver(string letter)
    {
        await Task.Delay(10);
        return SitContext.Current.Attempt < 3 ? throw new IOException("nobody home") : $"{letter} delivered";
    }

    private static void Tell(SitContext call) => Console.WriteLine($"attempt {call.Attempt}: {call.Exception!.Message}");
}
// end

internal static class RetryShorthand
{
    public static async Task Run() => Console.WriteLine($"result {await new Post().Deliver("letter")}");
}
