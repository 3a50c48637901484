using System.Diagnostics;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Streaming;

/// <summary>
/// One enumeration of a sat stream, as its consumer holds it. The call begins when the first element is asked for, and does not
/// reference this object: if a consumer drops it without disposing of it, the finalizer abandons the call.
/// </summary>
/// <typeparam name="TMethod">The call's struct.</typeparam>
/// <typeparam name="TStream">What the method returns.</typeparam>
/// <typeparam name="TAdapter">The adapter of that type.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
[StackTraceHidden]
internal sealed class SatEnumerator<TMethod, TStream, TAdapter, T>(Plan plan, TMethod method, CancellationToken token) : IAsyncEnumerator<T>
    where TMethod : struct, ISatMethod<TStream>
    where TAdapter : struct, IStreamAdapter<TStream, T>
{
    private Enumeration? _enumeration;
    private bool _isDisposed;

    ~SatEnumerator() => _enumeration?.Abandon();

    public T Current => _enumeration is null ? default! : _enumeration.Current;

    public ValueTask<bool> MoveNextAsync() => _isDisposed && _enumeration is null ? default : (_enumeration ??= Begin()).MoveNextAsync();

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        var disposal = _enumeration?.DisposeAsync() ?? default;
        GC.SuppressFinalize(this);
        return disposal;
    }

    private Enumeration Begin() =>
        new(
            new Call(plan, ControlDomain.Current, Clock.Now, ControlEpoch.Current, CurrentFrame.Find(ThreadSlot.Existing)) { IsStream = true },
            method,
            token);

    /// <summary>The execution of the call, with its arguments.</summary>
    private sealed class Enumeration(Call call, TMethod method, CancellationToken token) : StreamExecution<T>(call, token)
    {
        private TMethod _method = method;

        protected override void ForgetArguments() => _method = default;

        public override ValueTask Hook(int id, SitContext context) => _method.Hook(id, context);

        protected override CancellationToken ArgumentToken(int index) => _method.Token(index);

        protected override IAsyncEnumerator<T>? Open(Frame frame, CancellationToken token) => TAdapter.Open(_method.Invoke(frame), token);

        public override object? RetryMember() => _method.Retry();
    }
}
