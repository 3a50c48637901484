using AssemblyToProcess.Testing;
using Sitters;
using Sitters.Testing;

namespace Tests.Testing;

/// <summary>
/// What waits for the clock alone goes on at once: those who test that have a patience that they would not live to see the end of. No test here
/// measures real time.
/// </summary>
[NonParallelizable]
internal abstract class SitTestFixture
{
    protected static readonly SitTestOptions Patient = new() { Patience = TimeSpan.FromHours(1) };

    protected static readonly SitTestOptions Impatient = new() { Patience = TimeSpan.Zero };

    [TearDown]
    public async Task LeaveNothingBehind() => await Sitter.WhenIdle().InTime();

    protected static Rehearsed In(SitTest test) => new() { Clock = test.Clock };

    /// <summary>Fails that often, and then answers.</summary>
    protected static Func<Task<string>> FailingTimes(int times)
    {
        var asked = 0;
        return async () =>
        {
            await Task.Yield();
            return ++asked > times ? "answer" : throw new ArithmeticException($"failure {asked}");
        };
    }

    protected static Func<Task<string>> Never() => () => new TaskCompletionSource<string>().Task;
}
