using System.Diagnostics;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Streaming;

/// <summary>What a sat method returns as its <see cref="IAsyncEnumerable{T}"/>: each enumeration of it is a call.</summary>
/// <param name="plan">The method's plan.</param>
/// <param name="method">The call's struct.</param>
/// <param name="made">What the body has made; null if it runs with each enumeration.</param>
/// <param name="begun">The first enumeration, if it has begun already.</param>
/// <typeparam name="TMethod">The call's struct.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
[StackTraceHidden]
internal sealed class SatEnumerable<TMethod, T>(
    Plan plan,
    TMethod method,
    MadeStream<IAsyncEnumerable<T>>? made = null,
    SatEnumerator<TMethod, IAsyncEnumerable<T>, EnumerableAdapter<T>, T>? begun = null) : IAsyncEnumerable<T>
    where TMethod : struct, ISatMethod<IAsyncEnumerable<T>>
{
    // Several enumerations may begin at once: what is for one of them is exchanged.
    private MadeStream<IAsyncEnumerable<T>>? _made = made;
    private SatEnumerator<TMethod, IAsyncEnumerable<T>, EnumerableAdapter<T>, T>? _begun = begun;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _begun, null)
            ?? new SatEnumerator<TMethod, IAsyncEnumerable<T>, EnumerableAdapter<T>, T>(
                plan, method, cancellationToken, Volatile.Read(ref _made)?.Again() ?? Interlocked.Exchange(ref _made, null));
}
