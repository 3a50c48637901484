namespace Sitters.Runtime.Streaming;

/// <summary>The difference between the two types of stream that a sat method may return.</summary>
/// <typeparam name="TStream">The type.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
internal interface IStreamAdapter<TStream, T>
{
    /// <summary>Begins to enumerate; null if the method has returned null.</summary>
    static abstract IAsyncEnumerator<T>? Open(TStream stream, CancellationToken token);
}

internal readonly struct EnumerableAdapter<T> : IStreamAdapter<IAsyncEnumerable<T>, T>
{
    public static IAsyncEnumerator<T>? Open(IAsyncEnumerable<T> stream, CancellationToken token) => stream?.GetAsyncEnumerator(token);
}

internal readonly struct EnumeratorAdapter<T> : IStreamAdapter<IAsyncEnumerator<T>, T>
{
    public static IAsyncEnumerator<T>? Open(IAsyncEnumerator<T> stream, CancellationToken token) => stream;
}
