using Sitters;

namespace SignalProgram;

/// <summary>Calls whose first stretch blocks its thread: no await of theirs has been reached when the signal comes.</summary>
internal sealed class Busy
{
    [Sit]
    public async Task<string?> Work()
    {
        Block();
        await Gates.Wait("never");
        return "done";
    }

    [Sit(FlowContext = false)]
    public async Task<string?> WorkWithoutFlow()
    {
        Block();
        await Gates.Wait("never");
        return "done";
    }

    private static void Block()
    {
        Events.Say("busy");
        Gates.Wait("body").GetAwaiter().GetResult();
        Events.Say("busy no more");
    }
}
