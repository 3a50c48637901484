using Sitters.Runtime.Calls;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Streaming;

/// <summary>The enumeration of one attempt at a stream: its code runs in the attempt's scope.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class OpenStream<T>(Call call, Scope scope, IAsyncEnumerator<T> elements)
{
    public Scope Scope => scope;

    public T Current => elements.Current;

    public Task MoveNext() => Run(static elements => elements.MoveNextAsync().AsTask());

    public Task Dispose()
    {
        // After an interrupt, the rest is cleanup.
        scope.Tree.BeginCleanup();
        return Run(static elements => elements.DisposeAsync().AsTask());
    }

    /// <summary>Disposes of it as soon as a step that was left behind has ended: before that, it would refuse.</summary>
    public async Task DisposeAfter(Task step, StartContext start)
    {
        await step.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await start.SwitchUnlessLeft();
        await Interruption.DisposeLate(elements).ConfigureAwait(false);
    }

    /// <summary>Disposes of it after its call has ended: from then on it concerns only its consumer.</summary>
    public ValueTask DisposeLate() => elements.DisposeAsync();

    private Task Run(Func<IAsyncEnumerator<T>, Task> step)
    {
        using var span = new SpanEntry(call.Span);
        using var entry = new ScopeEntry(scope, ThreadSlot.Mine);
        if (scope.Plan.HasLimits)
        {
            TimeWatch.Begin();
        }

        try
        {
            return step(elements);
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }
}
