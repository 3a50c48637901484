using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods with an argument, a local and a result that nothing may keep after the call, whatever it leaves behind.</summary>
public sealed class Holding : Scene
{
    /// <summary>What outlives the call, and may refer to it.</summary>
    public List<object> Kept { get; } = [];

    /// <summary>Also its context, by which its result can be asked for.</summary>
    public bool KeepsContext { get; set; }

    public WeakReference? Local { get; private set; }

    [Sit(
        TimeoutSeconds = 3, MaxAttempts = 2, RetryOn = [typeof(TimeoutException)], CompletionHooks = [nameof(Tell)],
        ExceptionHooks = [nameof(Tell)], RestartHooks = [nameof(Tell)], PauseHooks = [nameof(Tell)])]
    public async Task<object?> Work(object argument, string way, CancellationToken token)
    {
        Leave(token);
        var local = new object();
        Local = new WeakReference(local);
        Say("body");
        try
        {
            await At(way);
            return way == "completes" || Count("body") > 1 ? new object() : throw new InvalidOperationException(way);
        }
        finally
        {
            GC.KeepAlive(argument);
            GC.KeepAlive(local);
        }
    }

    [Sit(TimeoutSeconds = 3, FlowContext = false)]
    public async Task<object?> WorkWithoutFlow(object argument, string way, CancellationToken token)
    {
        Leave(token);
        var local = new object();
        Local = new WeakReference(local);
        Say("body");
        await At(way);
        GC.KeepAlive(argument);
        GC.KeepAlive(local);
        return way == "completes" ? new object() : throw new InvalidOperationException(way);
    }

    [Sit(TimeoutSeconds = 3)]
    public Task<object?> Hand(object argument, string way, CancellationToken token)
    {
        Leave(token);
        Say("body");
        GC.KeepAlive(argument);
        return Handed(At(way), way);
    }

    /// <summary>Consumes a stream that is a call, and leaves it after its first element.</summary>
    public async Task<object?> Consume(object argument, string way, CancellationToken token)
    {
        await foreach (var element in Stream(argument, way, token))
        {
            return element;
        }

        return null;
    }

    [Sit(TimeoutSeconds = 3)]
    private async IAsyncEnumerable<object> Stream(object argument, string way, [EnumeratorCancellation] CancellationToken token)
    {
        Leave(token);
        var local = new object();
        Local = new WeakReference(local);
        Say("body");
        await At(way);
        yield return way == "completes" ? new object() : throw new InvalidOperationException(way);
        GC.KeepAlive(argument);
        GC.KeepAlive(local);
    }

    private static Task<object?> Handed(Task door, string way) => door.ContinueWith<object?>(
        (_, _) => way == "completes" ? new object() : throw new InvalidOperationException(way), null, TaskScheduler.Default);

    public void Tell() => Say("hook");

    private void Leave(CancellationToken token)
    {
        Kept.Add(new Timer(static _ => { }, null, Timeout.Infinite, Timeout.Infinite));
        Kept.Add(token);
        Kept.Add(token.Register(static () => { }));
        Kept.Add(ExecutionContext.Capture()!);
        if (KeepsContext)
        {
            Kept.Add(SitContext.Current);
            Kept.Add(SitContext.Current.CancellationToken);
        }
    }
}
