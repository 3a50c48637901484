using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

// One struct for each awaiter of the base library: they share no interface with IsCompleted and GetResult, so each
// maps the same three members.

/// <summary>Access to <see cref="TaskAwaiter"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct TaskAccess : IAwaiterAccess<TaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsRepeatable => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref TaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static void GetResult(ref TaskAwaiter awaiter) => awaiter.GetResult();

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
    public static bool IsRepeatable => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref TaskAwaiter<T> awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static void GetResult(ref TaskAwaiter<T> awaiter) => awaiter.GetResult();

    /// <inheritdoc/>
    public static void OnCompleted(ref TaskAwaiter<T> awaiter, Action continuation) => awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="ConfiguredTaskAwaitable.ConfiguredTaskAwaiter"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct ConfiguredTaskAccess : IAwaiterAccess<ConfiguredTaskAwaitable.ConfiguredTaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsRepeatable => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static void GetResult(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter awaiter) => awaiter.GetResult();

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
    public static bool IsRepeatable => true;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static void GetResult(ref ConfiguredTaskAwaitable<T>.ConfiguredTaskAwaiter awaiter) => awaiter.GetResult();

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
    public static bool IsRepeatable => false;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ValueTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static void GetResult(ref ValueTaskAwaiter awaiter) => awaiter.GetResult();

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
    public static bool IsRepeatable => false;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ValueTaskAwaiter<T> awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static void GetResult(ref ValueTaskAwaiter<T> awaiter) => awaiter.GetResult();

    /// <inheritdoc/>
    public static void OnCompleted(ref ValueTaskAwaiter<T> awaiter, Action continuation) => awaiter.UnsafeOnCompleted(continuation);
}

/// <summary>Access to <see cref="ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct ConfiguredValueTaskAccess : IAwaiterAccess<ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter>
{
    /// <inheritdoc/>
    public static bool IsRepeatable => false;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static void GetResult(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter) => awaiter.GetResult();

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
    public static bool IsRepeatable => false;

    /// <inheritdoc/>
    public static bool IsCompleted(ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter) => awaiter.IsCompleted;

    /// <inheritdoc/>
    public static void GetResult(ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter) => awaiter.GetResult();

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
    public static bool IsRepeatable => false;

    /// <inheritdoc/>
    public static bool IsCompleted(ref TAwaiter awaiter) => true;

    /// <inheritdoc/>
    public static void GetResult(ref TAwaiter awaiter)
    {
        // There is no known way to take the outcome, and no exception that would go unobserved.
    }

    /// <inheritdoc/>
    public static void OnCompleted(ref TAwaiter awaiter, Action continuation)
    {
        // Never called: IsCompleted is true.
    }
}
