using Polly;

namespace Sitters.Runtime.Retrying;

/// <summary>The outcome of one attempt, or of all of them.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal readonly struct AttemptOutcome<T>
{
    private AttemptOutcome(T? result, Exception? exception, Task? origin, bool isInterrupted, bool isTimedOut)
    {
        Result = result;
        Exception = exception;
        Origin = origin;
        IsInterrupted = isInterrupted;
        IsTimedOut = isTimedOut;
    }

    public T? Result { get; }

    public Exception? Exception { get; }

    /// <summary>The body's task, if it failed.</summary>
    public Task? Origin { get; }

    /// <summary>The interrupt that is pending in the call decides.</summary>
    public bool IsInterrupted { get; }

    /// <summary>The attempt's own time was over; <see cref="Exception"/> is a <see cref="TimeoutException"/>.</summary>
    public bool IsTimedOut { get; }

    public static AttemptOutcome<T> Of(T result) => new(result, null, null, false, false);

    public static AttemptOutcome<T> Failed(Exception exception, Task? origin = null) => new(default, exception, origin, false, false);

    public static AttemptOutcome<T> TimedOut(TimeoutException exception) => new(default, exception, null, false, true);

    public static AttemptOutcome<T> Interrupted(Exception? exception = null) => new(default, exception, null, true, false);

    /// <summary>For Polly, to which an interrupt is a cancellation of the token that it was given.</summary>
    public Outcome<T> ToOutcome(CancellationToken token) => IsInterrupted
        ? Outcome.FromException<T>(new OperationCanceledException(token))
        : Exception is not null ? Outcome.FromException<T>(Exception) : Outcome.FromResult(Result!);
}
