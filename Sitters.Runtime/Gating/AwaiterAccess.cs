using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

// One struct for each awaiter of the base library: they share no interface with IsCompleted and GetResult, so each
// maps the same members. The outcome of a ValueTask can be taken only once, so whoever looks at it puts it into another.

/// <summary>Access to <see cref="TaskAwaiter"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct TaskAccess : IAwaiterAccess<TaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsKnown => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref TaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static Exception? Failure(ref TaskAwaiter awaiter)
    {
        if (AwaitedTask.IsKnown)
        {
            return AwaitedTask.FailureOf(ref awaiter);
        }

        try
        {
            awaiter.GetResult();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref TaskAwaiter awaiter, Action continuation) => awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="TaskAwaiter{T}"/>.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct TaskAccess<T> : IAwaiterAccess<TaskAwaiter<T>>
{
    /// <inheritdoc/>
    public static bool IsKnown => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref TaskAwaiter<T> awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static Exception? Failure(ref TaskAwaiter<T> awaiter)
    {
        if (AwaitedTask.IsKnown)
        {
            return AwaitedTask.FailureOf(ref awaiter);
        }

        try
        {
            awaiter.GetResult();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref TaskAwaiter<T> awaiter, Action continuation) => awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="ConfiguredTaskAwaitable.ConfiguredTaskAwaiter"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct ConfiguredTaskAccess : IAwaiterAccess<ConfiguredTaskAwaitable.ConfiguredTaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsKnown => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static Exception? Failure(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter awaiter)
    {
        if (AwaitedTask.IsKnown)
        {
            return AwaitedTask.FailureOf(ref awaiter);
        }

        try
        {
            awaiter.GetResult();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter awaiter, Action continuation) =>
        awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="ConfiguredTaskAwaitable{T}.ConfiguredTaskAwaiter"/>.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct ConfiguredTaskAccess<T> : IAwaiterAccess<ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsKnown => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static Exception? Failure(ref ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter awaiter)
    {
        if (AwaitedTask.IsKnown)
        {
            return AwaitedTask.FailureOf(ref awaiter);
        }

        try
        {
            awaiter.GetResult();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter awaiter, Action continuation) =>
        awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="ValueTaskAwaiter"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct ValueTaskAccess : IAwaiterAccess<ValueTaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsKnown => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ValueTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static Exception? Failure(ref ValueTaskAwaiter awaiter)
    {
        try
        {
            awaiter.GetResult();
            awaiter = default(ValueTask).GetAwaiter();
            return null;
        }
        catch (Exception failure)
        {
            awaiter = new ValueTask(FailedTask.Of<bool>(failure)).GetAwaiter();
            return failure;
        }
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref ValueTaskAwaiter awaiter, Action continuation) => awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="ValueTaskAwaiter{T}"/>.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct ValueTaskAccess<T> : IAwaiterAccess<ValueTaskAwaiter<T>>
{
    /// <inheritdoc/>
    public static bool IsKnown => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ValueTaskAwaiter<T> awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static Exception? Failure(ref ValueTaskAwaiter<T> awaiter)
    {
        try
        {
            awaiter = new ValueTask<T>(awaiter.GetResult()).GetAwaiter();
            return null;
        }
        catch (Exception failure)
        {
            awaiter = new ValueTask<T>(FailedTask.Of<T>(failure)).GetAwaiter();
            return failure;
        }
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref ValueTaskAwaiter<T> awaiter, Action continuation) => awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct ConfiguredValueTaskAccess : IAwaiterAccess<ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsKnown => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static Exception? Failure(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter)
    {
        try
        {
            awaiter.GetResult();
            awaiter = default(ValueTask).ConfigureAwait(false).GetAwaiter();
            return null;
        }
        catch (Exception failure)
        {
            awaiter = new ValueTask(FailedTask.Of<bool>(failure)).ConfigureAwait(false).GetAwaiter();
            return failure;
        }
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter, Action continuation) =>
        awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="ConfiguredValueTaskAwaitable{T}.ConfiguredValueTaskAwaiter"/>.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct ConfiguredValueTaskAccess<T> : IAwaiterAccess<ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsKnown => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static Exception? Failure(ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter)
    {
        try
        {
            awaiter = new ValueTask<T>(awaiter.GetResult()).ConfigureAwait(false).GetAwaiter();
            return null;
        }
        catch (Exception failure)
        {
            awaiter = new ValueTask<T>(FailedTask.Of<T>(failure)).ConfigureAwait(false).GetAwaiter();
            return failure;
        }
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter, Action continuation) =>
        awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>An awaiter of which nothing is known: what it awaits is not observed when it is left behind.</summary>
/// <typeparam name="TAwaiter">The awaiter.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OtherAccess<TAwaiter> : IAwaiterAccess<TAwaiter>
{
    /// <inheritdoc/>
    public static bool IsKnown => false;

    /// <inheritdoc/>
    public static bool IsCompleted(ref TAwaiter awaiter) => true;

    /// <inheritdoc/>
    public static Exception? Failure(ref TAwaiter awaiter) => null;

    /// <inheritdoc/>
    public static void OnCompleted(ref TAwaiter awaiter, Action continuation)
    {
        // Never called: IsCompleted is true.
    }
}
