using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Calls that don't suspend for a long time, in which others begin and end all the time.</summary>
public class Spinning
{
    private volatile bool _isOver;

    public ManualResetEventSlim HasBegun { get; } = new();

    public void End() => _isOver = true;

    [Sit]
    public async Task<int> WithHelpers() => await Spin(Helper);

    [Sit]
    public async Task<int> WithCalls() => await Spin(Inner);

    [Sit]
    public async Task<int> WithUnflowedCalls() => await Spin(InnerUnflowed);

    [Sit(FlowContext = false)]
    public async Task<int> UnflowedWithHelpers() => await Spin(Helper);

    private async Task<int> Spin(Func<Task> other)
    {
        HasBegun.Set();
        while (!_isOver)
        {
            await other();
        }

        return 5;
    }

    private async Task Helper() => await Task.CompletedTask;

    [Sit]
    private async Task Inner() => await Task.CompletedTask;

    [Sit(FlowContext = false)]
    private async Task InnerUnflowed() => await Task.CompletedTask;
}
