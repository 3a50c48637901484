using System.Runtime.CompilerServices;

namespace Sitters.Runtime;

/// <summary>The task that the caller holds while its call is under way.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class Promise<T>
{
    /// <summary>Several exceptions can only come out of a body that is not async: only there this one is needed.</summary>
    private readonly TaskCompletionSource<T>? _source;

    /// <summary>What an async method uses itself, so that a cancelled task keeps its exception and its token.</summary>
    private AsyncTaskMethodBuilder<T> _builder;

    public Promise(Plan plan)
    {
        if (plan.IsAsync)
        {
            Task = _builder.Task;
        }
        else
        {
            _source = new TaskCompletionSource<T>();
            Task = _source.Task;
        }
    }

    public Task<T> Task { get; }

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

    /// <summary>Fails, or cancels where the exception says so.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="origin">The body's own task, which may hold several exceptions.</param>
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
