using Microsoft.Extensions.Time.Testing;
using Sitters;

namespace Samples.Examples;

public class Night
{
    [Sit(TimeoutSeconds = 8 * 3600, TimeoutHooks = [nameof(Wake)])]
    public async Task<string?> Sleep()
    {
        await Task.Delay(Timeout.Infinite);
        return "dream";
    }

    private static void Wake() => Console.WriteLine("timeout");
}

internal static class FakeClock
{
    public static async Task Run()
    {
        try
        {
            // README: fake-clock
            var clock = new FakeTimeProvider();
            Sitter.TimeProvider = clock;

            var night = new Night().Sleep();
            clock.Advance(TimeSpan.FromHours(7));
            Console.WriteLine($"after 7 hours: {(night.IsCompleted ? "over" : "asleep")}");
            clock.Advance(TimeSpan.FromHours(1));
            Console.WriteLine($"after 8 hours: {await night ?? "default"}");
            // end
        }
        finally
        {
            Sitter.TimeProvider = TimeProvider.System;
        }
    }
}
