using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sitters.Hosting.Life;

namespace Sitters.Hosting.Logs;

/// <summary>
/// Has the calls of one host logged, as far as somebody reads it: what no level in force would log is not even listened to, so calls do
/// nothing for it.
/// </summary>
internal sealed class CallLogs(HostedCalls calls, ILoggerFactory loggers, IOptionsMonitor<LoggerFilterOptions> levels)
{
    private readonly object _lock = new();

    // Guarded by the lock.
    private IDisposable? _observation;
    private bool _hearsControl;
    private bool _hearsHooks;
    private bool _hasEnded;
    private long _followed;

    /// <summary>How often the levels were looked at. By interlocked operations.</summary>
    private long _looks;

    public ILogger Logger { get; } = new GuardedLogger(loggers.CreateLogger(SitterDiagnostics.LogCategory));

    /// <summary>Begins to listen.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable Begin()
    {
        // Told of changes first: one that comes in between is not to be missed.
        var changes = levels.OnChange((_, _) => Follow());
        Follow();
        return new Listening(this, changes);
    }

    /// <summary>Listens to what is logged by the levels of now.</summary>
    private void Follow()
    {
        // Providers of the user's answer, so under no lock: of two changes at once the one that is looked at last counts.
        var look = Interlocked.Increment(ref _looks);
        var (calls, control, hooks) =
            (Logger.IsEnabled(LogLevel.Warning), Logger.IsEnabled(LogLevel.Information), Logger.IsEnabled(LogLevel.Error));
        lock (_lock)
        {
            if (look < _followed)
            {
                return;
            }

            _followed = look;
            ListenLocked(calls && !_hasEnded, control && !_hasEnded, hooks && !_hasEnded);
        }
    }

    private void ListenLocked(bool toCalls, bool toControl, bool toHooks)
    {
        if (toCalls)
        {
            _observation ??= Sitter.Observe(new CallObserver(calls, Logger));
        }
        else
        {
            _observation?.Dispose();
            _observation = null;
        }

        if (toControl != _hearsControl)
        {
            _hearsControl = toControl;
            if (toControl)
            {
                Sitter.ControlExecuted += LogControl;
            }
            else
            {
                Sitter.ControlExecuted -= LogControl;
            }
        }

        if (toHooks != _hearsHooks)
        {
            _hearsHooks = toHooks;
            if (toHooks)
            {
                Sitter.HookFailed += LogHookFailure;
            }
            else
            {
                Sitter.HookFailed -= LogHookFailure;
            }
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            ListenLocked(false, false, false);
        }
    }

    private void LogControl(SitControlEvent executed)
    {
        // What is done to the whole process reaches each host.
        if (executed.Scope is not null && !calls.Owns(executed.Scope))
        {
            return;
        }

        var control = executed.Control;
        var methods = Words.OneLine(executed.Methods, "any method");
        var identity = Words.OneLine(control.Identity, "nobody named");
        var reason = Words.OneLine(control.Reason, "no reason given");
        switch (executed.Verb)
        {
            case SitVerb.Pause:
                var lasting = control.For is { } time ? $"for {time:c}" : "until it is resumed";
                Logger.Paused(executed.Calls, methods, control.Source, identity, reason, lasting);
                break;
            case SitVerb.Resume:
                Logger.Resumed(executed.Calls, methods, control.Source, identity, reason);
                break;
            case SitVerb.Restart:
                Logger.Restarted(executed.Calls, methods, control.Source, identity, reason);
                break;
            default:
                Logger.Cancelled(executed.Calls, methods, control.Source, identity, reason);
                break;
        }
    }

    private void LogHookFailure(SitContext call, Exception failure)
    {
        if (calls.Owns(call.Scope))
        {
            Logger.HookFailed(failure, call.MethodName, Words.ShortId(call));
        }
    }

    private sealed class Listening(CallLogs logs, IDisposable? levels) : IDisposable
    {
        public void Dispose()
        {
            levels?.Dispose();
            logs.End();
        }
    }
}
