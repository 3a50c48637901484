using Sitters.Runtime.Calls;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Execution;

/// <summary>Runs the pause and resume hooks of a call in parallel with its attempts, one set after the other, without losing any.</summary>
internal sealed class PauseHooks(Call call, IHookSource source, StartContext start) : IPauseHooks
{
    private readonly object _lock = new();
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    /// <summary>Guarded by the lock.</summary>
    private Task _last = Task.CompletedTask;

    /// <summary>Completes when all hooks queued so far have run.</summary>
    public Task WhenDone
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    public static void UseIn(Call call, IHookSource source, StartContext start)
    {
        if (call.Plan.HasPauseHooks)
        {
            call.UsePauseHooks(new PauseHooks(call, source, start));
        }
    }

    public Task Queue(HookEvent hooks)
    {
        if (!call.Plan.Has(hooks))
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            return _last = RunAfter(_last, hooks);
        }
    }

    private async Task RunAfter(Task previous, HookEvent hooks)
    {
        // The caller may be a signal handler, or hold a lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (_context is not null)
        {
            ExecutionContext.Restore(_context);
        }

        await previous.ConfigureAwait(false);
        await Hooks.RunBeside(call, source, hooks, start).ConfigureAwait(false);
    }
}
