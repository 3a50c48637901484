using System.Runtime.CompilerServices;
using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings.Shims;

// What the framework hands to the pool by itself: continuations of tasks that run asynchronously, and callbacks of tokens.
public static partial class Shim
{
    /// <summary>Its continuations run as a thread of the schedule, in the place of the pool.</summary>
    public static TaskCompletionSource NewSource(TaskCreationOptions options) =>
        (options & TaskCreationOptions.RunContinuationsAsynchronously) == 0
            ? new TaskCompletionSource(options)
            : new HandingOver(options & ~TaskCreationOptions.RunContinuationsAsynchronously);

    public static bool TrySetResult(TaskCompletionSource source)
    {
        var isFirst = false;
        Complete(source, () => isFirst = source.TrySetResult());
        return isFirst;
    }

    public static void SetResult(TaskCompletionSource source) => Complete(source, source.SetResult);

    public static bool TrySetCanceled(TaskCompletionSource source, CancellationToken token)
    {
        var isFirst = false;
        Complete(source, () => isFirst = source.TrySetCanceled(token));
        return isFirst;
    }

    /// <summary>Where an await is to yield in any case, it goes on as an item of the pool.</summary>
    public static ConfiguredTaskAwaitable ConfigureAwait(Task task, ConfigureAwaitOptions options)
    {
        if (Scheduler.Current is null || (options & ConfigureAwaitOptions.ForceYielding) == 0)
        {
            return task.ConfigureAwait(options);
        }

        var yielded = new TaskCompletionSource();
        TryQueue("yield", yielded.SetResult);
        return Task.WhenAll(task, yielded.Task).ConfigureAwait(options & ~ConfigureAwaitOptions.ForceYielding);
    }

    public static void Cancel(CancellationTokenSource source)
    {
        AnnounceCancel(source);
        source.Cancel();
    }

    /// <summary>The token is cancelled on return, and its callbacks run as a thread of the schedule.</summary>
    public static Task CancelAsync(CancellationTokenSource source)
    {
        if (Scheduler.Current is null)
        {
            CheckControlled();
            return source.CancelAsync();
        }

        if (source.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        var done = new TaskCompletionSource();
        Scheduler.Mine!.AddAndRun("token", () =>
        {
            Exception? failure = null;
            try
            {
                Cancel(source);
            }
            catch (AggregateException thrown)
            {
                failure = thrown;
            }

            if (failure is null)
            {
                done.SetResult();
            }
            else
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

#pragma warning disable CA1068 // The parameters are those of the framework's.
    /// <summary>As a continuation on the default scheduler: an item of the pool.</summary>
    public static Task ContinueWith(
        Task task, Action<Task, object?> action, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!IsForPool(options, scheduler))
        {
            return task.ContinueWith(action, state, token, options, scheduler);
        }

        var done = new TaskCompletionSource();
        task.ContinueWith(
            ended => Hand(done, () => action(ended, state)),
            CancellationToken.None,
            options | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return done.Task;
    }

    public static Task ContinueWith(
        Task task, Action<Task> action, CancellationToken token, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        if (!IsForPool(options, scheduler))
        {
            return task.ContinueWith(action, token, options, scheduler);
        }

        return ContinueWith(task, (ended, _) => action(ended), null, token, options, scheduler);
    }

#pragma warning restore CA1068

    private static bool IsForPool(TaskContinuationOptions options, TaskScheduler scheduler) =>
        Scheduler.Current is not null
        && scheduler == TaskScheduler.Default
        && (options & TaskContinuationOptions.ExecuteSynchronously) == 0;

    private static void Hand(TaskCompletionSource done, Action action)
    {
        void Run()
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception thrown)
            {
                done.SetException(thrown);
            }
        }

        if (!TryQueue("continuation", Run))
        {
            Run();
        }
    }

    /// <summary>
    /// What is registered last is called first: between the token's being cancelled and the first of its callbacks there is a scheduling point.
    /// </summary>
    private static void AnnounceCancel(CancellationTokenSource source)
    {
        if (Scheduler.Current is not null)
        {
            PointAt(Registry.Cancellation, writes: true);
            source.Token.UnsafeRegister(static _ => PointAt(Registry.Cancellation, writes: true), null);
        }
    }

    private static void Complete(TaskCompletionSource source, Action completion)
    {
        PointAt(Registry.Completion, writes: true);
        if (source is HandingOver && Scheduler.Current is not null)
        {
            Scheduler.Mine!.AddAndRun("continuations", completion);
        }
        else
        {
            completion();
        }
    }

    private sealed class HandingOver(TaskCreationOptions options) : TaskCompletionSource(options);
}
