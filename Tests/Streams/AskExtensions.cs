namespace Tests.Streams;

internal static class AskExtensions
{
    /// <summary>Asks for the next element, and whether there is one.</summary>
    public static Task<bool> Ask<T>(this IAsyncEnumerator<T> stream) => stream.MoveNextAsync().AsTask().InTime();

    public static Task Leave<T>(this IAsyncEnumerator<T> stream) => stream.DisposeAsync().AsTask().InTime();
}
