using System.Diagnostics;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Execution;

/// <summary>The execution of a call of one woven method, with its arguments.</summary>
/// <typeparam name="TMethod">The call's struct.</typeparam>
/// <typeparam name="TTask">What the method returns.</typeparam>
/// <typeparam name="TAdapter">Converts between that type and the runtime's own.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class MethodExecution<TMethod, TTask, TAdapter, T>(Call call, TMethod method) : CallExecution<T>(call)
    where TMethod : struct, ISatMethod<TTask>
    where TAdapter : struct, IReturnAdapter<TTask, T>
{
    private TMethod _method = method;

    protected override void ForgetArguments() => _method = default;

    public override ValueTask Hook(int id, SitContext context) => _method.Hook(id, context);

    public override CancellationToken CallerToken(int index) => _method.Token(index);

    public override Task? Invoke(Frame frame) => TAdapter.AsTask(_method.Invoke(frame));

    public override T ResultOf(Task task) => TAdapter.Result(task);

    public override object? RetryMember() => _method.Retry();
}
