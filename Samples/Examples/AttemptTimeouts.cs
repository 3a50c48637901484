using Sitters;

namespace Samples.Examples;

// README: attempt-timeout
public class Station
{
    [Sit(AttemptTimeoutSeconds = 0.3, MaxAttempts = 3, TimeoutSeconds = 5)]
    public async Task<int?> Temperature()
    {
        var attempt = SitContext.Current.Attempt;
        Console.WriteLine($"attempt {attempt}");
        await Task.Delay(attempt < 3 ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(20));
        return 21;
    }
}
// end

internal static class AttemptTimeouts
{
    public static async Task Run() => Console.WriteLine($"result {await new Station().Temperature()}");
}
