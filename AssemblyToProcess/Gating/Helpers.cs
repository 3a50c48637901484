using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Async methods of all sorts inside a sat call.</summary>
public class Helpers : Scene
{
    [Sit]
    public async Task<int?> Through(string kind)
    {
        try
        {
            return await Choose(kind);
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit(FlowContext = false)]
    public async Task<int?> ThroughWithoutFlow(string kind)
    {
        try
        {
            return await Choose(kind);
        }
        finally
        {
            Say("outer finally");
        }
    }

    /// <summary>The same, under no call.</summary>
    public async Task<int> Choose(string kind)
    {
        Func<Task<int>> lambda = async () => await Inner();
        async Task<int> Local() => await Inner();
        static async Task<int> StaticLocal(Helpers me) => await me.Inner();

        return kind switch
        {
            "method" => await Inner(),
            "lambda" => await lambda(),
            "local function" => await Local(),
            "static local function" => await StaticLocal(this),
            "generic" => await Generic(3),
            "generic class" => await new GenericHelper<string>(this).Run("x"),
            "static" => await OtherHelper.Run(this),
            "value task" => await ValueTaskOf(),
            "plain value task" => await PlainValueTask(),
            "pooled value task" => await Pooled(),
            "elsewhere" => await Inner().ConfigureAwait(false),
            "not async" => await NotAsync(),
            "notify only" => await new NotifyOnly(Inner()),
            "class awaiter" => await new ClassAwaiter(Inner()),
            "struct awaiter" => await new StructAwaiter<int>(Inner(), 7),
            "struct" => await new StructHelper(this).Run(),
            "interface" => await ((IHelper)new GenericHelper<int>(this)).Help(),
            "task run" => await Task.Run(() => Inner()),
            _ => throw new ArgumentException(kind),
        };
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> Deep(int depth)
    {
        try
        {
            return await Deeper(depth);
        }
        finally
        {
            Say("finally 0");
            await At("finally 0");
            Say("finally 0 is over");
        }
    }

    [Sit]
    public async Task<int?> All()
    {
        try
        {
            var all = await Task.WhenAll(Branch("a"), Branch("b"), Branch("c"));
            return all.Sum();
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int?> Begun(bool suspends)
    {
        try
        {
            var work = await Begin(suspends);
            return await work[0];
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int?> Any()
    {
        try
        {
            var first = await Task.WhenAny(Branch("a"), Branch("b"));
            var result = await first;
            await At("after");
            return result;
        }
        finally
        {
            Say("outer finally");
        }
    }

    /// <summary>Starts helpers, and hangs at something else.</summary>
    [Sit]
    public async Task<int?> Beside()
    {
        var branch = Branch("a");
        try
        {
            await At("outer");
            return await branch;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int?> Swallowing()
    {
        try
        {
            var result = await Swallow();
            Say($"got {result}");
            await At("outer");
            Say("went on");
            return result;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int?> Translating()
    {
        try
        {
            return await Translate();
        }
        catch (InvalidOperationException exception)
        {
            Say($"caught {exception.Message}");
            throw;
        }
    }

    [Sit]
    public async Task<int?> CleansUpThroughHelpers()
    {
        try
        {
            await At("work");
            return 1;
        }
        finally
        {
            await Clean();
        }
    }

    [Sit]
    public async Task<int?> InParallel()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 2), async (i, token) =>
        {
            try
            {
                Say("inside " + SitContext.TryGetCurrent(out _));
                await At($"branch {i}");
                Say("went on");
            }
            finally
            {
                Say("finally");
            }
        });
        return 1;
    }

    [Sit]
    public async Task<int?> OnTimer(Action<Action> start)
    {
        var over = new TaskCompletionSource();
        start(async () =>
        {
            Say("inside " + SitContext.TryGetCurrent(out _));
            try
            {
                await Inner();
            }
            catch (OperationCanceledException)
            {
                Say("tick cancelled");
            }

            over.TrySetResult();
        });
        await over.Task;
        return 1;
    }

    [Sit(FlowContext = false)]
    public async Task<string> SeesItself()
    {
        var before = SitContext.TryGetCurrent(out _);
        await At("work");
        var after = SitContext.TryGetCurrent(out _);
        var inHelper = await Ask();
        var elsewhere = await Task.Run(static () => SitContext.TryGetCurrent(out _));
        return $"{before} {after} {inHelper} {elsewhere}";
    }

    private static async Task<bool> Ask()
    {
        await Task.Yield();
        return SitContext.TryGetCurrent(out _);
    }

    private async Task<int> Inner()
    {
        try
        {
            Say("inner");
            await At("inner");
            Say("inner went on");
            return 7;
        }
        finally
        {
            Say("inner finally");
        }
    }

    private async Task<T> Generic<T>(T value)
    {
        await Inner();
        return value;
    }

    private async ValueTask<int> ValueTaskOf() => await Inner();

    private async Task<int> PlainValueTask()
    {
        await Plain();
        return 7;

        async ValueTask Plain() => await Inner();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> Pooled() => await Inner();

    private Task<int> NotAsync() => Inner();

    private async Task<int> Deeper(int depth)
    {
        try
        {
            if (depth > 1)
            {
                return await Deeper(depth - 1);
            }

            await At("deepest");
            return 7;
        }
        finally
        {
            Say($"finally {depth}");
            await At($"finally {depth}");
            Say($"finally {depth} is over");
        }
    }

    private async Task<Task<int>[]> Begin(bool suspends)
    {
        if (suspends)
        {
            await Task.Yield();
        }

        return [Branch("a")];
    }

    private async Task<int> Branch(string name)
    {
        try
        {
            await At(name);
            return 1;
        }
        finally
        {
            Say($"{name} finally");
            await At($"{name} finally");
        }
    }

    private async Task<int> Swallow()
    {
        try
        {
            await At("work");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 2;
        }
    }

    private async Task<int> Translate()
    {
        try
        {
            await At("work");
            return 1;
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException("translated");
        }
    }

    private async Task Clean()
    {
        Say("cleans");
        await At("cleaning");
        await Task.Yield();
        await Wipe();
        Say("clean");

        async ValueTask Wipe()
        {
            await At("wiping");
            Say("wiped");
        }
    }

    private interface IHelper
    {
        Task<int> Help();
    }

    private sealed class GenericHelper<T>(Helpers scene) : IHelper
    {
        public async Task<int> Run(T value)
        {
            await scene.Inner();
            return 7;
        }

        async Task<int> IHelper.Help() => await scene.Inner();
    }

    private struct StructHelper(Helpers scene)
    {
        public async Task<int> Run() => await scene.Inner();
    }

    private static class OtherHelper
    {
        public static async Task<int> Run(Helpers scene) => await scene.Inner();
    }
}
