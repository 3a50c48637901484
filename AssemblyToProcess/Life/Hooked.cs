using System.Collections.Concurrent;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Hooks of every shape, from every place.</summary>
public class Hooked : Scene
{
    public SitContext? Given { get; private set; }

    public SitContext? Found { get; private set; }

    [Sit(
        StartupHooks = [nameof(Plain), nameof(WithContext), nameof(AsTask), nameof(AsTaskWithContext), nameof(AsValueTask),
            nameof(AsValueTaskWithContext), nameof(Static)])]
    public async Task<int> EveryShape()
    {
        Say("body");
        await Task.Yield();
        return 7;
    }

    [Sit(StartupHooks = [nameof(WaitFirst), nameof(WaitSecond)])]
    public async Task<int> Together()
    {
        Say("body");
        return 1;
    }

    [Sit(CompletionHooks = [nameof(WaitFirst), nameof(WaitSecond)])]
    public async Task<int> TogetherAtEnd()
    {
        Say("body");
        return 2;
    }

    [Sit(StartupHooks = [nameof(SeeContext)])]
    public async Task<SitContext> SeesContext() => SitContext.Current;

    [Sit(StartupHooks = [nameof(SeeContextLater)])]
    public async Task<SitContext> SeesContextAfterAwaits() => SitContext.Current;

    [Sit(
        HooksType = typeof(HooksElsewhere), StartupHooks = [nameof(HooksElsewhere.Note)],
        CompletionHooks = [nameof(HooksElsewhere.NoteContext)])]
    public async Task<int> FromElsewhere() => 3;

    [Sit(
        StartupHooks = [nameof(One), nameof(Two), nameof(Three), nameof(Four)],
        CompletionHooks = [nameof(One), nameof(Two), nameof(Three), nameof(Four)])]
    public async Task FourAtBothEnds() => Say("body");

    [Sit(ExceptionHooks = [nameof(One), nameof(Two), nameof(Three), nameof(Four)])]
    public async Task FourOnException() => throw new InvalidOperationException("body");

    [Sit(TimeoutSeconds = 1, TimeoutHooks = [nameof(One), nameof(Two), nameof(Three), nameof(Four)])]
    public async Task FourOnTimeout()
    {
        await At("door");
        Say("after");
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

    private void Two() => Say("2");

    private void Three() => Say("3");

    private void Four() => Say("4");

    public static ConcurrentQueue<string> Shared { get; } = new();

    private void Plain() => Say("plain");

    private protected void WithContext(SitContext context) => Say("context " + (context == SitContext.Current));

    internal async Task AsTask()
    {
        await Task.Yield();
        Say("task");
    }

    private async Task AsTaskWithContext(SitContext context)
    {
        await Task.Yield();
        Say("task context " + (context == SitContext.Current));
    }

    private async ValueTask AsValueTask()
    {
        await Task.Yield();
        Say("value task");
    }

    private async ValueTask AsValueTaskWithContext(SitContext context)
    {
        await Task.Yield();
        Say("value task context " + (context == SitContext.Current));
    }

    private static void Static() => Shared.Enqueue("static");

    private async Task WaitFirst()
    {
        Say("first started");
        await At("first");
        Say("first ended");
    }

    private async Task WaitSecond()
    {
        Say("second started");
        await At("second");
        Say("second ended");
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
    public static ConcurrentQueue<string> Log { get; } = new();

    internal static void Note() => Log.Enqueue("note");

    internal static Task NoteContext(SitContext context)
    {
        Log.Enqueue(context.Name);
        return Task.CompletedTask;
    }
}

/// <summary>Hooks of a struct and of a generic class.</summary>
public readonly struct HookedStruct(Scene scene)
{
    [Sit(StartupHooks = [nameof(Begin)], CompletionHooks = [nameof(Finish)])]
    public async Task<int> Work()
    {
        scene.Say("body");
        await Task.Yield();
        return 4;
    }

    private void Begin() => scene.Say("begin");

    private Task Finish(SitContext context)
    {
        scene.Say("finish " + context.Result);
        return Task.CompletedTask;
    }
}

/// <inheritdoc cref="HookedStruct"/>
public class HookedGeneric<T> : Scene
{
    [Sit(StartupHooks = [nameof(Begin)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<T> Work<TOther>(T value, TOther other)
    {
        Say($"{value} {other}");
        await Task.Yield();
        return value;
    }

    private void Begin() => Say(typeof(T).Name);
}
