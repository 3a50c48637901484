using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Sat calls inside sat calls.</summary>
public class Nested : Scene
{
    [Sit(
        StartupHooks = [nameof(OnOuterStartup)], CancellationHooks = [nameof(OnOuterCancellation)], TimeoutHooks = [nameof(OnTimeout)],
        RestartHooks = [nameof(OnRestart)], CompletionHooks = [nameof(OnCompletion)], TimeoutSeconds = 10)]
    public async Task<int?> Outer()
    {
        try
        {
            var inner = await Inner();
            Say($"inner gave {inner}");
            await At("outer");
            return inner;
        }
        catch (OperationCanceledException)
        {
            Say("outer catch");
            throw;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit(
        StartupHooks = [nameof(OnInnerStartup)], CancellationHooks = [nameof(OnInnerCancellation)],
        RestartHooks = [nameof(OnInnerRestart)])]
    public async Task<int?> Inner()
    {
        try
        {
            await At("inner");
            Say("inner went on");
            return 7;
        }
        finally
        {
            Say("inner finally");
            await At("inner finally");
        }
    }

    [Sit(CancellationHooks = [nameof(OnOuterCancellation)])]
    public async Task<int?> OuterThroughHelpers()
    {
        try
        {
            return await Task.Run(async () => await Between());
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit(CancellationHooks = [nameof(OnOuterCancellation)])]
    public async Task<int?> OuterOfMany()
    {
        try
        {
            var all = await Task.WhenAll(Named("a"), Named("b"), Named("c"));
            Say("all gave " + string.Join(",", all));
            return all.Sum();
        }
        finally
        {
            Say("outer finally");
        }
    }

    /// <summary>Does not wait for what it starts.</summary>
    [Sit]
    public async Task<Task<int?>> OuterThatLeaves()
    {
        await Task.Yield();
        return Inner();
    }

    [Sit(CancellationHooks = [nameof(OnOuterCancellation)])]
    public async Task<int?> Three()
    {
        try
        {
            return await Outer();
        }
        finally
        {
            Say("outermost finally");
        }
    }

    [Sit(FlowContext = false, CancellationHooks = [nameof(OnOuterCancellation)])]
    public async Task<int?> OuterWithoutFlow()
    {
        try
        {
            return await InnerWithoutFlow();
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit(FlowContext = false, CancellationHooks = [nameof(OnInnerCancellation)])]
    private async Task<int?> InnerWithoutFlow()
    {
        try
        {
            await At("inner");
            return 7;
        }
        finally
        {
            Say("inner finally");
        }
    }

    [Sit]
    private async Task<int?> Named(string name)
    {
        try
        {
            await At(name);
            return 1;
        }
        finally
        {
            Say($"{name} finally");
        }
    }

    /// <summary>Calls itself that often.</summary>
    [Sit]
    public async Task<int?> Down(int depth)
    {
        if (depth == 0)
        {
            await At("bottom");
            return 0;
        }

        return await Down(depth - 1);
    }

    private async Task<int?> Between()
    {
        try
        {
            return await Inner();
        }
        finally
        {
            Say("between finally");
        }
    }

    private void OnOuterStartup() => Say("outer startup");

    private void OnInnerStartup() => Say("inner startup");

    private void OnOuterCancellation() => Say("outer cancellation");

    private void OnInnerCancellation() => Say("inner cancellation");

    private void OnInnerRestart() => Say("inner restart");
}
