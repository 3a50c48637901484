using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Hooks of every shape, from every place.</summary>
public class Hooked : Recorder
{
    public SitContext? Given { get; private set; }

    public SitContext? Found { get; private set; }

    public TaskCompletionSource First { get; } = new();

    public TaskCompletionSource Second { get; } = new();

    [Sit(
        StartupHooks = [nameof(Plain), nameof(WithContext), nameof(AsTask), nameof(AsTaskWithContext), nameof(AsValueTask), nameof(AsValueTaskWithContext), nameof(Static)])]
    public async Task<int> EveryShape()
    {
        Write("body");
        await Task.Yield();
        return 7;
    }

    [Sit(StartupHooks = [nameof(WaitFirst), nameof(WaitSecond)])]
    public async Task<int> Together()
    {
        Write("body");
        return 1;
    }

    [Sit(CompletionHooks = [nameof(WaitFirst), nameof(WaitSecond)])]
    public async Task<int> TogetherAtEnd()
    {
        Write("body");
        return 2;
    }

    [Sit(StartupHooks = [nameof(SeeContext)])]
    public async Task<SitContext> SeesContext() => SitContext.Current;

    [Sit(StartupHooks = [nameof(SeeContextLater)])]
    public async Task<SitContext> SeesContextAfterAwaits() => SitContext.Current;

    [Sit(HooksType = typeof(HooksElsewhere), StartupHooks = [nameof(HooksElsewhere.Note)], CompletionHooks = [nameof(HooksElsewhere.NoteContext)])]
    public async Task<int> FromElsewhere() => 3;

    [Sit(
        StartupHooks = [nameof(One), nameof(Two), nameof(Three), nameof(Four)],
        CompletionHooks = [nameof(One), nameof(Two), nameof(Three), nameof(Four)])]
    public async Task FourAtBothEnds() => Write("body");

    [Sit(ExceptionHooks = [nameof(One), nameof(Two), nameof(Three), nameof(Four)])]
    public async Task FourOnException() => throw new InvalidOperationException("body");

    [Sit(TimeoutSeconds = 1, TimeoutHooks = [nameof(One), nameof(Two), nameof(Three), nameof(Four)])]
    public async Task FourOnTimeout()
    {
        await Door.Task;
        Write("after");
    }

    [Sit(StartupHooks = [nameof(One)], CompletionHooks = [nameof(Static)])]
    public static Task<T> OfGeneric<T>(T value) => Task.FromResult(value);

    private static void One()
    {
        if (SitContext.TryGetCurrent(out var context))
        {
            Shared.Enqueue("1 " + context.Name);
        }
    }

    private void Two() => Write("2");

    private void Three() => Write("3");

    private void Four() => Write("4");

    public static System.Collections.Concurrent.ConcurrentQueue<string> Shared { get; } = new();

    private void Plain() => Write("plain");

    private protected void WithContext(SitContext context) => Write("context " + (context == SitContext.Current));

    internal async Task AsTask()
    {
        await Task.Yield();
        Write("task");
    }

    private async Task AsTaskWithContext(SitContext context)
    {
        await Task.Yield();
        Write("task context " + (context == SitContext.Current));
    }

    private async ValueTask AsValueTask()
    {
        await Task.Yield();
        Write("value task");
    }

    private async ValueTask AsValueTaskWithContext(SitContext context)
    {
        await Task.Yield();
        Write("value task context " + (context == SitContext.Current));
    }

    private static void Static() => Shared.Enqueue("static");

    private async Task WaitFirst()
    {
        Write("first started");
        await First.Task;
        Write("first ended");
    }

    private async Task WaitSecond()
    {
        Write("second started");
        await Second.Task;
        Write("second ended");
    }

    private void SeeContext(SitContext context)
    {
        Given = context;
        Found = SitContext.Current;
    }

    private async Task SeeContextLater(SitContext context)
    {
        await Task.Yield();
        await Task.Delay(1).ConfigureAwait(false);
        Given = context;
        Found = SitContext.Current;
    }
}

/// <summary>Hooks that several classes share.</summary>
public static class HooksElsewhere
{
    public static System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = new();

    internal static void Note() => Log.Enqueue("note");

    internal static Task NoteContext(SitContext context)
    {
        Log.Enqueue(context.Name);
        return Task.CompletedTask;
    }
}

/// <summary>Hooks of a struct and of a generic class.</summary>
public readonly struct HookedStruct(Recorder recorder)
{
    [Sit(StartupHooks = [nameof(Begin)], CompletionHooks = [nameof(Finish)])]
    public async Task<int> Work()
    {
        recorder.Write("body");
        await Task.Yield();
        return 4;
    }

    private void Begin() => recorder.Write("begin");

    private Task Finish(SitContext context)
    {
        recorder.Write("finish " + context.Result);
        return Task.CompletedTask;
    }
}

/// <inheritdoc cref="HookedStruct"/>
public class HookedGeneric<T> : Recorder
{
    [Sit(StartupHooks = [nameof(Begin)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<T> Work<TOther>(T value, TOther other)
    {
        Write($"{value} {other}");
        await Task.Yield();
        return value;
    }

    private void Begin() => Write(typeof(T).Name);
}
