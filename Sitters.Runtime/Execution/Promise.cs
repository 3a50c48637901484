using System.Runtime.CompilerServices;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

/// <summary>The task that the caller of a call holds, and how it ends.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal struct Promise<T>
{
    /// <summary>For a body that is async: the task is made as an async method makes its own, so that a cancelled one keeps its exception.</summary>
    private AsyncTaskMethodBuilder<T> _builder;

    /// <summary>For one that is not: only from there several exceptions can come.</summary>
    private readonly TaskCompletionSource<T>? _source;

    public Promise(bool isAsync)
    {
        if (!isAsync)
        {
            _source = new TaskCompletionSource<T>();
        }

        // Made now, while nobody else can ask for it.
        _ = _source is null ? _builder.Task : null;
    }

    public Task<T> Task => _source?.Task ?? _builder.Task;

    /// <summary>Ends the task with an outcome that no interrupt has a say in any more.</summary>
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
    /// <param name="origin">The body's task, where it is that which failed.</param>
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
