using System.Runtime.CompilerServices;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

/// <summary>The task that the caller gets, and the ways to complete it.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal struct Promise<T>
{
    /// <summary>
    /// For an async body: the task is made in the same way as an async method makes its own, so that a cancelled one keeps its exception.
    /// </summary>
    private AsyncTaskMethodBuilder<T> _builder;

    /// <summary>For a body that is not async: only its task can hold several exceptions.</summary>
    private readonly TaskCompletionSource<T>? _source;

    public Promise(bool isAsync)
    {
        if (!isAsync)
        {
            _source = new TaskCompletionSource<T>();
        }

        // The builder creates its task when first asked, and without synchronization: so now, before other threads can ask.
        _ = _source is null ? _builder.Task : null;
    }

    public Task<T> Task => _source?.Task ?? _builder.Task;

    /// <summary>Ends the task with an outcome that no interrupt can change any more.</summary>
    public void Set(AttemptOutcome<T> outcome)
    {
        if (outcome.Exception is { } exception)
        {
            Fail(exception, outcome.Origin);
        }
        else
        {
            Complete(outcome.Result!);
        }
    }

    public void Complete(T result)
    {
        if (_source is not null)
        {
            _source.SetResult(result);
        }
        else
        {
            _builder.SetResult(result);
        }
    }

    /// <summary>Ends the task as an async method that throws, or as a task that failed.</summary>
    /// <param name="exception">Why.</param>
    /// <param name="origin">The body's task, if that is what failed.</param>
    public void Fail(Exception exception, Task? origin)
    {
        if (_source is null)
        {
            _builder.SetException(exception);
        }
        else if (origin is { IsFaulted: true })
        {
            _source.SetException(origin.Exception!.InnerExceptions);
        }
        else if (exception is OperationCanceledException cancelled)
        {
            _source.SetCanceled(cancelled.CancellationToken);
        }
        else
        {
            _source.SetException(exception);
        }
    }
}
