using System.Diagnostics;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Execution;

/// <summary>The life of a call of one woven method, with its arguments.</summary>
/// <typeparam name="TMethod">The call's struct.</typeparam>
/// <typeparam name="TTask">What the method returns.</typeparam>
/// <typeparam name="TAdapter">The type's shape.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class MethodExecution<TMethod, TTask, TAdapter, T>(Call call, TMethod method) : CallExecution<T>(call)
    where TMethod : struct, ISatMethod<TTask>
    where TAdapter : struct, IReturnAdapter<TTask, T>
{
    private readonly TMethod _method = method;

    public override ValueTask Hook(int id, SitContext context) => _method.Hook(id, context);

    public override CancellationToken CallerToken(int index) => _method.Token(index);

    protected override Task? Invoke(Frame frame) => TAdapter.AsTask(_method.Invoke(frame));

    protected override T ResultOf(Task task) => TAdapter.Result(task);

    protected override object? RetryMember() => _method.Retry();
}
