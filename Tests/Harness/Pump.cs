using System.Collections.Concurrent;

namespace Tests.Harness;

/// <summary>A SynchronizationContext whose work the test runs itself.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];
    private TaskCompletionSource _givenWork = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasWork => _work.Count > 0;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _work.Add((d, state));
        Volatile.Read(ref _givenWork).TrySetResult();
    }

    /// <summary>Completes with the next work that is posted here.</summary>
    public Task WhenGivenWork()
    {
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _givenWork, given);
        return given.Task;
    }

    public void Run(Func<bool> until) => this.Start(() =>
    {
        for (var i = 0; !until() || HasWork; i++)
        {
            if (_work.TryTake(out var work, 10))
            {
                work.Callback(work.State);
            }
            else if (i > 2000)
            {
                Assert.Fail("It hangs.");
            }
        }

        return true;
    });
}
