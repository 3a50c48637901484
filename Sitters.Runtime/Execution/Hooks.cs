using System.Diagnostics;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Execution;

/// <summary>Runs the hooks of one event: started in the order in which they are written, awaited together.</summary>
[StackTraceHidden]
internal static class Hooks
{
    /// <summary>Runs hooks that no interrupt reaches, and whose failure changes nothing.</summary>
    public static async ValueTask Run(Call call, IHookSource source, HookEvent hooks, StartContext start)
    {
        if (!call.Plan.Has(hooks))
        {
            return;
        }

        await start.Switch();
        var scope = new Scope(call.Plan) { IsInterruptible = false };
        call.Attach(scope);
        await Finish(call, hooks, Start(call, source, hooks, scope)).ConfigureAwait(false);
        call.Detach(scope);
    }

    /// <summary>Runs hooks that a pause does not hold back either: the hooks of the pause itself.</summary>
    public static async ValueTask RunBeside(Call call, IHookSource source, HookEvent hooks, StartContext start)
    {
        await start.Switch();
        var scope = new Scope(call.Plan) { Epoch = ControlEpoch.Current, IsInterruptible = false };
        scope.Claim(call);
        await Finish(call, hooks, Start(call, source, hooks, scope)).ConfigureAwait(false);
        scope.End();
    }

    /// <summary>Runs the hooks of a call's end, and waits for its pause and resume hooks.</summary>
    public static async ValueTask RunOfEnd(Call call, IHookSource source, HookEvent hooks, StartContext start)
    {
        await Run(call, source, hooks, start).ConfigureAwait(false);
        await call.WhenPauseHooksDone.ConfigureAwait(false);
        await call.ObserveEnd().ConfigureAwait(false);
    }

    /// <summary>Runs hooks to their end, or until an interrupt ends them.</summary>
    /// <returns>Those that failed, unless the interrupt was the reason.</returns>
    public static async ValueTask<IReadOnlyList<Task>> RunInterruptibly(Call call, IHookSource source, HookEvent of, StartContext start)
    {
        if (!call.Plan.Has(of))
        {
            return [];
        }

        Scope scope;
        do
        {
            await call.WaitWhilePaused().ConfigureAwait(false);
            await start.Switch();
            if (call.IsInterrupted)
            {
                return [];
            }

            scope = new Scope(call.Plan);
        }
        while (!call.TryAttach(scope));

        var hooks = Start(call, source, of, scope);
        var noted = of == HookEvent.Startup ? start : StartContext.None;
        await ScopeWait.For(scope, WhenAllEnd(hooks), isGated: false, noted).ConfigureAwait(false);
        call.Detach(scope);

        var failed = new List<Task>();
        var isInterrupted = call.IsInterrupted;
        foreach (var hook in hooks)
        {
            if (!hook.IsCompleted)
            {
                // An interrupt has left it behind, and its failure is still reported, unless it is that interrupt.
                _ = hook.ContinueWith(
                    late =>
                    {
                        if (!ExceptionChain.IsCancelled(TaskFailure.Of(late)))
                        {
                            Report(call, of, late);
                        }
                    },
                    CancellationToken.None,
                    TaskContinuationOptions.NotOnRanToCompletion,
                    TaskScheduler.Default);
            }
            else if (!hook.IsCompletedSuccessfully && !(isInterrupted && ExceptionChain.IsCancelled(TaskFailure.Of(hook))))
            {
                failed.Add(hook);
            }
        }

        return failed;
    }

    private static Task[] Start(Call call, IHookSource source, HookEvent hooks, Scope scope)
    {
        var tasks = new Task[call.Plan.Count(hooks)];
        using var span = new SpanEntry(call.Span);
        using var entry = new ScopeEntry(scope, ThreadSlot.Mine);
        for (var i = 0; i < tasks.Length; i++)
        {
            try
            {
                tasks[i] = source.Hook(call.Plan.First(hooks) + i, call.Context).AsTask();
            }
            catch (Exception failure)
            {
                tasks[i] = Task.FromException(failure);
            }
        }

        return tasks;
    }

    public static void Report(Call call, HookEvent of, Task hook)
    {
        if (TaskFailure.Of(hook) is { } failure)
        {
            call.Report(failure, of);
        }
    }

    /// <summary>The end of all, whatever it is: each hook's failure is looked at by itself.</summary>
    private static async Task WhenAllEnd(Task[] hooks) =>
        await Task.WhenAll(hooks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async ValueTask Finish(Call call, HookEvent of, Task[] hooks)
    {
        await WhenAllEnd(hooks).ConfigureAwait(false);
        foreach (var hook in hooks)
        {
            Report(call, of, hook);
        }
    }
}
