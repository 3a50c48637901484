using System.Runtime.CompilerServices;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

/// <summary>
/// The task that the caller gets, and the ways to complete it. It is made in the same way as an async method makes its own, so that a
/// cancelled one keeps its exception; for a body that is not async it is one of a source, since only that can hold several exceptions.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal struct Promise<T>
{
    private AsyncTaskMethodBuilder<T> _builder;

    public Task<T> Task => _builder.Task;

    public static Promise<T> Create()
    {
        // The builder creates its task when first asked, and without synchronization: so now, before other threads can ask.
        var promise = default(Promise<T>);
        _ = promise._builder.Task;
        return promise;
    }

    /// <summary>Ends the task, as an async method does, with an outcome that no interrupt can change any more.</summary>
    public void Set(AttemptOutcome<T> outcome)
    {
        if (outcome.Exception is { } exception)
        {
            Fail(exception);
        }
        else
        {
            Complete(outcome.Result!);
        }
    }

    public void Complete(T result) => _builder.SetResult(result);

    public void Fail(Exception exception) => _builder.SetException(exception);

    /// <summary>The same for a body that is not async.</summary>
    public static void Set(TaskCompletionSource<T> source, AttemptOutcome<T> outcome)
    {
        switch (outcome)
        {
            case { Exception: null }:
                source.SetResult(outcome.Result!);
                break;
            case { Origin: { IsFaulted: true, Exception: { } failures } }:
                source.SetException(failures.InnerExceptions);
                break;
            case { Exception: OperationCanceledException cancelled }:
                source.SetCanceled(cancelled.CancellationToken);
                break;
            default:
                source.SetException(outcome.Exception);
                break;
        }
    }
}
