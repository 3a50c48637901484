using System.Diagnostics;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Execution;

/// <summary>A call of one woven method, with its arguments.</summary>
/// <typeparam name="TMethod">The call's struct.</typeparam>
/// <typeparam name="TTask">What the method returns.</typeparam>
/// <typeparam name="TAdapter">Converts between that type and the runtime's own.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class MethodExecution<TMethod, TTask, TAdapter, T> : CallExecution<T>
    where TMethod : struct, ISatMethod<TTask>
    where TAdapter : struct, IReturnAdapter<TTask, T>
{
    /// <summary>Written before the call runs by itself. Until its first, synchronous stretch is over, the caller has it.</summary>
    private TMethod _method;

    /// <summary>A call that begins now, and whose first stretch is left out.</summary>
    public MethodExecution(Plan plan, ref TMethod method, bool isShared)
        : base(plan, isShared) => _method = method;

    private MethodExecution(Scope scope, long startedAt)
        : base(scope, startedAt)
    {
    }

    /// <summary>See <see cref="Plan.CallMaker"/>.</summary>
    public static Call Make(Scope scope, long startedAt) => new MethodExecution<TMethod, TTask, TAdapter, T>(scope, startedAt);

    /// <summary>The call whose first stretch is over.</summary>
    public static MethodExecution<TMethod, TTask, TAdapter, T> Of(Scope scope, ref TMethod method)
    {
        var call = (MethodExecution<TMethod, TTask, TAdapter, T>)Call.Of(scope)!;
        call._method = method;
        return call;
    }

    protected override void ForgetArguments() => _method = default;

    public override ValueTask Hook(int id, SitContext context) => _method.Hook(id, context);

    public override CancellationToken CallerToken(int index) => _method.Token(index);

    public override Task? Invoke(Frame frame) => TAdapter.AsTask(_method.Invoke(frame));

    public override T ResultOf(Task task) => TAdapter.Result(task);

    public override object? RetryMember() => _method.Retry();
}
