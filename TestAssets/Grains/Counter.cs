using Orleans.Concurrency;
using Sitters;

namespace Grains;

/// <summary>Changes its state without a lock, in its methods and in hooks. One request after the other.</summary>
[Sit(
    StartupHooks = [nameof(Change)], CompletionHooks = [nameof(Change)], CancellationHooks = [nameof(Change)],
    RestartHooks = [nameof(Change)], PauseHooks = [nameof(Change)], ResumeHooks = [nameof(Change)])]
public class Counter<T>(IStage stage, IGrainContextAccessor running) : TurnGrain(stage, running), ICounter<T>
{
    private readonly List<string> _wrong = [];
    private int _count;

    /// <summary>What the count should be.</summary>
    private int _changes;

    private int _requests;

    protected virtual bool MayInterleave => false;

    public async Task<bool?> Count(T[] what)
    {
        if (++_requests > 1 && !MayInterleave)
        {
            _wrong.Add("beside another request");
        }

        try
        {
            foreach (var _ in what)
            {
                Change();
                await Task.Yield();
                await Pass();
                Change();
                await Task.Delay(1);
            }

            return true;
        }
        finally
        {
            await Task.Yield();
            Change();
            _requests--;
        }
    }

    [Sit(Disabled = true)]
    public Task<Report> Report() => Task.FromResult(new Report(_count, _changes, [.. _wrong]));

    private async Task Pass()
    {
        await Task.Run(static () => { });
        Change();
    }

    private void Change()
    {
        var place = Look(() =>
        {
            var count = _count;
            Thread.SpinWait(50);
            _count = count + 1;
        });
        Interlocked.Increment(ref _changes);
        if (place.Length > 0)
        {
            lock (_wrong)
            {
                _wrong.Add(place);
            }
        }
    }
}

/// <summary>The same, with requests that take turns.</summary>
[Reentrant]
public sealed class ReentrantCounter<T>(IStage stage, IGrainContextAccessor running) : Counter<T>(stage, running), IReentrantCounter<T>
{
    protected override bool MayInterleave => true;
}

/// <typeparam name="T">Any.</typeparam>
public interface IReentrantCounter<T> : ICounter<T>;
