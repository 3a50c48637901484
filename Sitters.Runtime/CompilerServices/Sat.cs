using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Caching;
using Sitters.Runtime.Configuring;
using Sitters.Runtime.Control;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Remote;
using Sitters.Runtime.Streaming;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.CompilerServices;

/// <summary>What a woven method calls in place of its own body.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
[DebuggerStepThrough]
public static class Sat
{
    /// <summary>Makes the plan of a sat method, before its first call; from the first one on the process listens to signals.</summary>
    /// <param name="options">What the weaver found.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static Plan CreatePlan(PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SignalListener.ListenFromFirstCall();
        Opening.Prepare();
        ToolChannel.Prepare();
        var plan = new Plan(options);
        Configurations.Add(plan);
        return plan;
    }

    /// <summary>Runs a sat method that returns a task.</summary>
    /// <typeparam name="TMethod">The call's struct.</typeparam>
    /// <param name="plan">The method's plan.</param>
    /// <param name="method">The call.</param>
    /// <returns>The method's task.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Task RunTask<TMethod>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<Task> => FastPath.Start<TMethod, Task, TaskAdapter, VoidResult>(plan, ref method);

    /// <summary>Runs a sat method that returns a task with a result.</summary>
    /// <typeparam name="TMethod">The call's struct.</typeparam>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="plan">The method's plan.</param>
    /// <param name="method">The call.</param>
    /// <returns>The method's task.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Task<T> RunTaskOf<TMethod, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<Task<T>> => FastPath.Start<TMethod, Task<T>, TaskAdapter<T>, T>(plan, ref method);

    /// <summary>Runs a sat method that returns a value task.</summary>
    /// <typeparam name="TMethod">The call's struct.</typeparam>
    /// <param name="plan">The method's plan.</param>
    /// <param name="method">The call.</param>
    /// <returns>The method's task.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueTask RunValueTask<TMethod>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<ValueTask> =>
        FastPath.Start<TMethod, ValueTask, ValueTaskAdapter, VoidResult>(plan, ref method);

    /// <summary>Runs a sat method that returns a value task with a result.</summary>
    /// <typeparam name="TMethod">The call's struct.</typeparam>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="plan">The method's plan.</param>
    /// <param name="method">The call.</param>
    /// <returns>The method's task.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueTask<T> RunValueTaskOf<TMethod, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<ValueTask<T>> => FastPath.Start<TMethod, ValueTask<T>, ValueTaskAdapter<T>, T>(plan, ref method);

    /// <summary>Runs a sat method with a cache that returns a task with a result.</summary>
    /// <typeparam name="TMethod">The call's struct.</typeparam>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="plan">The method's plan.</param>
    /// <param name="method">The call.</param>
    /// <returns>The method's task.</returns>
    public static Task<T> RunCachedTaskOf<TMethod, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatCachedMethod<Task<T>, TMethod> =>
        CachedExecution.Start<TMethod, Task<T>, TaskAdapter<T>, T>(plan, ref method);

    /// <summary>Runs a sat method with a cache that returns a value task with a result.</summary>
    /// <typeparam name="TMethod">The call's struct.</typeparam>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="plan">The method's plan.</param>
    /// <param name="method">The call.</param>
    /// <returns>The method's task.</returns>
    public static ValueTask<T> RunCachedValueTaskOf<TMethod, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatCachedMethod<ValueTask<T>, TMethod> =>
        CachedExecution.Start<TMethod, ValueTask<T>, ValueTaskAdapter<T>, T>(plan, ref method);

    /// <summary>Runs a sat method that returns a stream: each enumeration is a call.</summary>
    /// <typeparam name="TMethod">The call's struct.</typeparam>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="plan">The method's plan.</param>
    /// <param name="method">The call.</param>
    /// <returns>The stream.</returns>
    public static IAsyncEnumerable<T> RunStreamOf<TMethod, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<IAsyncEnumerable<T>> => StreamStart.Stream<TMethod, T>(plan, ref method)!;

    /// <summary>Runs a sat method that returns the enumerator of a stream: enumerating it is the call.</summary>
    /// <typeparam name="TMethod">The call's struct.</typeparam>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="plan">The method's plan.</param>
    /// <param name="method">The call.</param>
    /// <returns>The enumerator.</returns>
    public static IAsyncEnumerator<T> RunEnumeratorOf<TMethod, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<IAsyncEnumerator<T>> => StreamStart.Enumerator<TMethod, T>(plan, ref method)!;

    /// <summary>Called right before the body of a method that is not async: the method's next call on this thread runs the body.</summary>
    /// <param name="plan">The method's plan.</param>
    public static void EnterBody(Plan plan) => ThreadSlot.Mine.Entering = plan;

    /// <summary>The first test that such a method makes.</summary>
    /// <param name="plan">The method's plan.</param>
    /// <returns>Whether it is the runtime that calls, for the body.</returns>
    public static bool IsEntered(Plan plan)
    {
        if (ThreadSlot.Existing is not { } slot || slot.Entering != plan)
        {
            return false;
        }

        slot.Entering = null;
        return true;
    }

    /// <summary>
    /// What the body gets for each <see cref="CancellationToken"/> parameter: it fires on the caller's tokens and on every interrupt.
    /// </summary>
    /// <param name="frame">The attempt; any other frame, or null, where the method is disabled.</param>
    /// <param name="own">What the caller has passed.</param>
    /// <returns>The attempt's token; the caller's own where there is no attempt.</returns>
    public static CancellationToken Token(Frame? frame, CancellationToken own) => frame is Scope attempt ? attempt.Token : own;

    /// <summary>The same for a parameter that may be null.</summary>
    /// <param name="frame">The attempt; any other frame, or null, where the method is disabled.</param>
    /// <param name="own">What the caller has passed.</param>
    /// <returns>The attempt's token; the caller's own where there is no attempt.</returns>
    public static CancellationToken? NullableToken(Frame? frame, CancellationToken? own) => frame is Scope attempt ? attempt.Token : own;

    /// <summary>Says which signals to listen to; called once by each woven assembly whose FodyWeavers.xml says so.</summary>
    /// <param name="listen">Whether to listen from the first call on.</param>
    /// <param name="pauseSignal">The name of the signal that pauses, "none", or null for the default.</param>
    /// <param name="resumeSignal">The name of the signal that resumes, "none", or null for the default.</param>
    /// <param name="restartSignal">The name of the signal that restarts, "none", or null for the default.</param>
    /// <param name="cancelSignals">The names of the signals that cancel, separated by blanks, "none", or null for the default.</param>
    /// <param name="setsExitCode">Whether a cancel by signal sets the exit code of the process.</param>
    public static void ConfigureSignals(
        bool listen, string? pauseSignal, string? resumeSignal, string? restartSignal, string? cancelSignals, bool setsExitCode) =>
        SignalListener.Configure(listen, SignalNames.Default.With(pauseSignal, resumeSignal, restartSignal, cancelSignals), setsExitCode);
}
