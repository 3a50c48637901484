using System.Diagnostics;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Streaming;

/// <summary>What a sat method returns as its <see cref="IAsyncEnumerable{T}"/>: each enumeration of it is a call.</summary>
/// <typeparam name="TMethod">The call's struct.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
[StackTraceHidden]
internal sealed class SatEnumerable<TMethod, T>(Plan plan, TMethod method) : IAsyncEnumerable<T>
    where TMethod : struct, ISatMethod<IAsyncEnumerable<T>>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new SatEnumerator<TMethod, IAsyncEnumerable<T>, EnumerableAdapter<T>, T>(plan, method, cancellationToken);
}
