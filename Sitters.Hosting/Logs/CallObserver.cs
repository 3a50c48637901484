using Microsoft.Extensions.Logging;
using Sitters.Hosting.Life;

namespace Sitters.Hosting.Logs;

/// <summary>Logs what happens to the calls of one host.</summary>
internal sealed class CallObserver(HostedCalls calls, ILogger logger) : SitObserver
{
    public override void Started(SitContext call)
    {
        if (Tells(call))
        {
            logger.CallStarted(call.MethodName, Words.ShortId(call));
        }
    }

    public override void Attempting(SitContext call)
    {
        if (Tells(call))
        {
            logger.AttemptStarted(call.MethodName, Words.ShortId(call), call.Attempt);
        }
    }

    public override void Retrying(SitContext call, Exception? exception)
    {
        if (Tells(call))
        {
            logger.CallRetrying(call.MethodName, Words.ShortId(call), call.Attempt, TypeOf(exception));
        }
    }

    public override void Paused(SitContext call)
    {
        if (Tells(call))
        {
            logger.CallPaused(call.MethodName, Words.ShortId(call));
        }
    }

    public override void Resumed(SitContext call)
    {
        if (Tells(call))
        {
            logger.CallResumed(call.MethodName, Words.ShortId(call));
        }
    }

    public override void Interrupted(SitContext call)
    {
        if (Tells(call))
        {
            logger.CallInterrupted(call.MethodName, Words.ShortId(call), call.Interrupt);
        }
    }

    public override void Restarted(SitContext call)
    {
        if (Tells(call))
        {
            logger.CallRestarted(call.MethodName, Words.ShortId(call));
        }
    }

    public override void Ended(SitContext call)
    {
        // The exception goes to the caller, who has it logged where it is handled: here is only what it was.
        switch (call.State)
        {
            case SitState.Failed when Tells(call, LogLevel.Information):
                logger.CallFailed(call.MethodName, Words.ShortId(call), call.Attempt, SecondsOf(call), TypeOf(call.Exception));
                break;
            case SitState.TimedOut when Tells(call, LogLevel.Information):
                logger.CallTimedOut(call.MethodName, Words.ShortId(call), call.Attempt, SecondsOf(call));
                break;
            case SitState.Cancelled when Tells(call):
                logger.CallCancelled(call.MethodName, Words.ShortId(call), SecondsOf(call));
                break;
            case SitState.Completed when Tells(call):
                logger.CallCompleted(call.MethodName, Words.ShortId(call), SecondsOf(call));
                break;
            default:
                break;
        }
    }

    public override void CacheRead(string methodName, bool isHit)
    {
        // There is no call: it is that of the code that asks, in whose flow this is.
        if (!logger.IsEnabled(LogLevel.Debug) || !calls.Owns(SitterScope.Current))
        {
            return;
        }

        if (isHit)
        {
            logger.CacheHit(methodName);
        }
        else
        {
            logger.CacheMiss(methodName);
        }
    }

    public override void GraceOverrun(SitContext call)
    {
        if (Tells(call, LogLevel.Warning))
        {
            logger.GraceOverrun(call.MethodName, Words.ShortId(call));
        }
    }

    private bool Tells(SitContext call, LogLevel level = LogLevel.Debug) => logger.IsEnabled(level) && calls.Owns(call.Scope);

    private static double SecondsOf(SitContext call) => call.StoppedAt is { } end ? (end - call.StartedAt).TotalSeconds : 0;

    private static string TypeOf(Exception? exception) => exception?.GetType().FullName ?? "its result";
}
