namespace Sitters.Testing;

/// <summary>
/// What <see cref="SitTest"/> runs beside tasks. Extensions, so that an async lambda, which could be any of these, is taken as one that returns a
/// task.
/// </summary>
public static class SitTestRunExtensions
{
    /// <summary>The same for code that returns a value task.</summary>
    /// <param name="test">The test.</param>
    /// <param name="call">The code.</param>
    /// <returns>A task that completes when the code's has; with its own exception, if it has failed.</returns>
    /// <exception cref="SitTestException">As for a task.</exception>
    public static Task Run(this SitTest test, Func<ValueTask> call)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(call);
        return test.Run(() => call().AsTask());
    }

    /// <summary>The same for code that returns a value task with a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="test">The test.</param>
    /// <param name="call">The code.</param>
    /// <returns>The result.</returns>
    /// <exception cref="SitTestException">As for a task.</exception>
    public static Task<T> Run<T>(this SitTest test, Func<ValueTask<T>> call)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(call);
        return test.Run(() => call().AsTask());
    }

    /// <summary>The same for a stream, from its first element to its end.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="test">The test.</param>
    /// <param name="stream">Makes the stream.</param>
    /// <returns>Its elements.</returns>
    /// <exception cref="SitTestException">As for a task.</exception>
    public static Task<IReadOnlyList<T>> Run<T>(this SitTest test, Func<IAsyncEnumerable<T>> stream)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(stream);
        return test.Run(() => Read(stream));
    }

    private static async Task<IReadOnlyList<T>> Read<T>(Func<IAsyncEnumerable<T>> stream)
    {
        var elements = new List<T>();
        await foreach (var element in stream().ConfigureAwait(false))
        {
            elements.Add(element);
        }

        return elements;
    }
}
