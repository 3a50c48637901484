using Microsoft.Extensions.Time.Testing;
using Sitters;

namespace Samples.Examples;

public class Ferry
{
    [Sit(MaxAttempts = 3, RetryDelaySeconds = 3600)]
    public async Task<string> Cross()
    {
        await Task.Yield();
        var attempt = SitContext.Current.Attempt;
        Console.WriteLine($"attempt {attempt}");
        return attempt < 3 ? throw new IOException("storm") : "over there";
    }
}

internal static class FakeClockSteps
{
    public static async Task Run()
    {
        try
        {
            // README: fake-clock-steps
            var clock = new FakeTimeProvider();
            Sitter.TimeProvider = clock;

            var crossing = new Ferry().Cross();
            while (!crossing.IsCompleted)
            {
                clock.Advance(TimeSpan.FromMinutes(10));
                await Task.Delay(1);
            }

            Console.WriteLine($"result {await crossing}");
            // end
        }
        finally
        {
            Sitter.TimeProvider = TimeProvider.System;
        }
    }
}
