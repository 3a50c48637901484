using System.Diagnostics;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

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
internal sealed class SatEnumerator<TMethod, TStream, TAdapter, T>(
    Plan plan, TMethod method, CancellationToken token, MadeStream<TStream>? made = null) : IAsyncEnumerator<T>
    where TMethod : struct, ISatMethod<TStream>
    where TStream : class
    where TAdapter : struct, IStreamAdapter<TStream, T>
{
    private Enumeration? _enumeration;
    private bool _isDisposed;

    /// <summary>The first step, if it was begun before the consumer asked for it.</summary>
    private ValueTask<bool>? _begun;

    ~SatEnumerator() => _enumeration?.Abandon();

    public T Current => _enumeration is null ? default! : _enumeration.Current;

    /// <summary>
    /// The body has thrown: the call begins with that as its first attempt's outcome, and is over at once unless something has to be
    /// awaited.
    /// </summary>
    /// <exception cref="Exception">The outcome, if the call is over.</exception>
    public void BeginThrown()
    {
        var step = MoveNextAsync();
        if (!step.IsCompleted)
        {
            _begun = step;
            return;
        }

        var hasElement = step.GetAwaiter().GetResult();
        _begun = new ValueTask<bool>(hasElement);
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_begun is { } begun)
        {
            _begun = null;
            return begun;
        }

        return _isDisposed && _enumeration is null ? default : (_enumeration ??= Begin()).MoveNextAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (_begun is not null)
        {
            return DisposeAfterFirst();
        }

        _isDisposed = true;
        var disposal = _enumeration?.DisposeAsync() ?? default;
        GC.SuppressFinalize(this);
        return disposal;
    }

    private async ValueTask DisposeAfterFirst()
    {
        try
        {
            await MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The hooks have seen it. A consumer that leaves learns only of what the cleanup throws.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>With the settings of now; what the body has made already has those of then.</summary>
    private Enumeration Begin() =>
        new(made is null ? plan.Compiled.InForce : plan, method, made, token);

    /// <summary>The call, with its arguments.</summary>
    private sealed class Enumeration(Plan plan, TMethod method, MadeStream<TStream>? made, CancellationToken token)
        : StreamExecution<T>(plan, token)
    {
        private TMethod _method = method;

        /// <summary>For the first attempt.</summary>
        private MadeStream<TStream>? _made = made;

        public override Scope? FirstScope => _made?.Scope;

        protected override void ForgetArguments()
        {
            _method = default;
            _made = null;
        }

        public override ValueTask Hook(int id, SitContext context) => _method.Hook(id, context);

        protected override CancellationToken ArgumentToken(int index) => _method.Token(index);

        protected override IAsyncEnumerator<T>? Open(Frame frame, CancellationToken token)
        {
            var made = _made?.Scope == frame ? Interlocked.Exchange(ref _made, null) : null;
            return TAdapter.Open(made is null ? _method.Invoke(frame) : made.Take(), token);
        }

        public override object? RetryMember() => _method.Retry();
    }
}
