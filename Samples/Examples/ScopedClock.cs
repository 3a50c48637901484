using Microsoft.Extensions.Time.Testing;
using Sitters;

namespace Samples.Examples;

internal static class ScopedClock
{
    public static async Task Run()
    {
        // README: scoped-clock
        var clock = new FakeTimeProvider();
        using var scope = SitterScope.Begin(new SitterScopeOptions { TimeProvider = clock });

        var night = new Night().Sleep();
        scope.Pause();
        clock.Advance(TimeSpan.FromHours(9));
        scope.Resume();
        Console.WriteLine($"after a pause of 9 hours: {(night.IsCompleted ? "over" : "asleep")}");
        clock.Advance(TimeSpan.FromHours(8));
        Console.WriteLine($"after 8 hours more: {await night ?? "default"}");
        // end
    }
}
