using System.Diagnostics;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Execution;

/// <summary>Runs the hooks of one event: started in the order written, awaited together.</summary>
[StackTraceHidden]
internal static class Hooks
{
    /// <summary>Runs hooks that no interrupt reaches, and whose failure changes nothing.</summary>
    public static async ValueTask Run(Call call, IHookSource source, HookEvent hooks)
    {
        if (!call.Plan.Has(hooks))
        {
            return;
        }

        var scope = new Scope(call.Plan) { IsInterruptible = false };
        call.Attach(scope);
        await Finish(call, Start(call, source, hooks, scope)).ConfigureAwait(false);
        call.Detach(scope);
    }

    /// <summary>Runs hooks that a pause does not hold either: those that tell of it.</summary>
    public static async ValueTask RunBeside(Call call, IHookSource source, HookEvent hooks)
    {
        var scope = new Scope(call.Plan) { Epoch = Controller.Epoch, IsInterruptible = false };
        scope.Attach(call);
        await Finish(call, Start(call, source, hooks, scope)).ConfigureAwait(false);
        scope.End();
    }

    public static Task[] Start(Call call, IHookSource source, HookEvent hooks, Scope scope)
    {
        var tasks = new Task[call.Plan.Count(hooks)];
        using var inside = new ScopeEntry(scope, ThreadSlot.Mine);
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

    public static void Report(Call call, Task hook)
    {
        if (hook.IsCanceled)
        {
            Sitter.RaiseHookFailed(call.Context, new TaskCanceledException(hook));
        }
        else if (hook.IsFaulted)
        {
            Sitter.RaiseHookFailed(call.Context, hook.Exception.InnerException!);
        }
    }

    private static async ValueTask Finish(Call call, Task[] hooks)
    {
        await Task.WhenAll(hooks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var hook in hooks)
        {
            Report(call, hook);
        }
    }
}
