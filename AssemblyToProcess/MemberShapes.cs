using Microsoft.Extensions.Caching.Memory;
using Polly;
using Polly.Retry;
using Sitters;

namespace AssemblyToProcess;

/// <summary>Hooks of every shape, each of which notes its name.</summary>
public class HookShapes : HookBase
{
    public List<string> Trace { get; } = [];

    [Sit(StartupHooks =
    [
        nameof(Void), nameof(VoidWithContext), nameof(TaskHook), nameof(TaskWithContext), nameof(ValueTaskHook),
        nameof(ValueTaskWithContext),
        nameof(Overloaded), "PrivateOfBase", nameof(ProtectedOfBase), nameof(Virtual),
    ])]
    public async Task Instance()
    {
        await Task.Yield();
        Trace.Add("body");
    }

    [Sit(StartupHooks = [nameof(Static)], CompletionHooks = [nameof(StaticWithContext)])]
    public static async Task OfStatic(List<string> trace)
    {
        await Task.Yield();
        trace.Add("body");
    }

    [Sit(HooksType = typeof(OtherHooks), StartupHooks = ["Private"], CompletionHooks = ["OfNested"])]
    public async Task Elsewhere() => await Task.Yield();

    [Sit(HooksType = typeof(GenericHooks<string>), StartupHooks = ["Note"])]
    public async Task ElsewhereInGeneric() => await Task.Yield();

    public override void Virtual() => Trace.Add("override");

    protected override void Note(string name) => Trace.Add(name);

    private static void Static() => StaticTrace.Add("static");

    private static Task StaticWithContext(SitContext context)
    {
        StaticTrace.Add($"static {context.Name}");
        return Task.CompletedTask;
    }

    private void Void() => Trace.Add("void");

    private void VoidWithContext(SitContext context) => Trace.Add($"void {context.Name}");

    private Task TaskHook()
    {
        Trace.Add("task");
        return Task.CompletedTask;
    }

    private Task TaskWithContext(SitContext context)
    {
        Trace.Add($"task {context.State}");
        return Task.CompletedTask;
    }

    private ValueTask ValueTaskHook()
    {
        Trace.Add("value task");
        return default;
    }

    private ValueTask ValueTaskWithContext(SitContext context)
    {
        Trace.Add($"value task {context.Attempt}");
        return default;
    }

    private void Overloaded() => Trace.Add("wrong overload");

    private void Overloaded(SitContext context) => Trace.Add("overload with context");
}

public abstract class HookBase
{
    public static List<string> StaticTrace { get; } = [];

    public abstract void Virtual();

    protected abstract void Note(string name);

    protected void ProtectedOfBase() => Note("protected of base");

    private void PrivateOfBase() => Note("private of base");
}

internal static class OtherHooks
{
    private static void Private() => HookBase.StaticTrace.Add("private of other");

    private static Task OfNested()
    {
        HookBase.StaticTrace.Add("other");
        return Task.CompletedTask;
    }
}

internal static class GenericHooks<T>
{
    private static void Note() => HookBase.StaticTrace.Add(typeof(T).Name);
}

/// <summary>Hooks of a generic base, on a generic type.</summary>
public class GenericHolder<T> : GenericHolderBase<List<T>>
{
    [Sit(StartupHooks = ["OfBase", nameof(Own)])]
    public async Task<string> Work<TOther>(TOther other)
    {
        await Task.Yield();
        return $"{string.Join(" ", Trace)} {other}";
    }

    private static void Own() => Trace.Add(typeof(T).Name);
}

public abstract class GenericHolderBase<T>
{
    protected static List<string> Trace { get; } = [];

    private void OfBase() => Trace.Add(typeof(T).Name);
}

/// <summary>Retry members of every kind.</summary>
public class RetryShapes
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder().AddRetry(Options()).Build();

    private static readonly RetryStrategyOptions<int> _options = Immediately<int>();

    public int Tries { get; private set; }

    private static ResiliencePipeline<int> Pipeline { get; } = new ResiliencePipelineBuilder<int>().AddRetry(Immediately<int>()).Build();

    [Sit(Retry = nameof(_pipeline))]
    public async Task InstanceField() => await FailTwice();

    [Sit(Retry = nameof(_options))]
    public async Task<int> StaticField() => await FailTwice();

    [Sit(Retry = nameof(Pipeline))]
    public async ValueTask<int> Property() => await FailTwice();

    [Sit(Retry = nameof(Options))]
    public async ValueTask Method() => await FailTwice();

    private static RetryStrategyOptions Options() => new() { Delay = TimeSpan.Zero, MaxRetryAttempts = 2 };

    private static RetryStrategyOptions<T> Immediately<T>() => new() { Delay = TimeSpan.Zero, MaxRetryAttempts = 2 };

    private async Task<int> FailTwice()
    {
        await Task.Yield();
        return ++Tries % 3 == 0 ? Tries : throw new InvalidOperationException();
    }
}

/// <summary>Caches of every kind.</summary>
public class CacheShapes
{
    private readonly MemoryCache _results = new(new MemoryCacheOptions());

    public static int SharedRuns { get; private set; }

    public int Runs { get; private set; }

    [Sit(Cache = nameof(_results))]
    public async Task<string> InMemoryCache(int number, CancellationToken token)
    {
        await Task.Yield();
        return $"{number} {++Runs}";
    }

    [Sit(CacheSize = 2)]
    public async ValueTask<string> PerInstance(int number, string? text, CancellationToken? token)
    {
        await Task.Yield();
        return $"{number}{text} {++Runs}";
    }

    [Sit(CacheSize = 2, CacheScope = CacheScope.Shared)]
    public async Task<int> Shared<T>(T key)
    {
        await Task.Yield();
        return ++SharedRuns;
    }
}
