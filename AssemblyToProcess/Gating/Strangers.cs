using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Code outside of any call that is resumed by code of a call, on the same thread and on top of it.</summary>
public class Strangers : Scene
{
    private readonly TaskCompletionSource _bell = new();

    public async Task Outside()
    {
        Say("outside listens");
        await _bell.Task;
        Say("outside in a call: " + SitContext.TryGetCurrent(out _));
        await Task.CompletedTask;
        await Helper();
        Say("outside ends");
    }

    [Sit]
    public async Task<int?> Rings()
    {
        await At("before");
        _bell.SetResult();
        Say("rang in a call: " + SitContext.TryGetCurrent(out _));
        await At("after");
        Say("went on");
        return 1;
    }

    [Sit(FlowContext = false)]
    public async Task<int?> RingsWithoutFlow()
    {
        await At("before");
        _bell.SetResult();
        Say("rang in a call: " + SitContext.TryGetCurrent(out _));
        await At("after");
        Say("went on");
        return 1;
    }

    /// <summary>Another call that is resumed by the first.</summary>
    [Sit]
    public async Task<int?> Listens()
    {
        Say("listens");
        await _bell.Task;
        Say("heard in " + SitContext.Current.Name);
        await Helper();
        Say("heard in " + SitContext.Current.Name);
        return 1;
    }

    private async Task Helper()
    {
        Say("helper");
        await At("outside");
        Say("helper in a call: " + SitContext.TryGetCurrent(out _));
    }
}
