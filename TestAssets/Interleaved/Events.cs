namespace Interleaved;

/// <summary>What can happen to a call, each on a thread of its own.</summary>
internal sealed class Events(Stage stage, Target target)
{
    private readonly Dictionary<string, Order> _orders = [];

    public const string Completion = "completion";
    public const string Failure = "fault";
    public const string Timeout = "timeout";
    public const string AttemptTimeout = "attempt timeout";
    public const string Cancel = "cancel";
    public const string CallersCancel = "caller's cancel";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Restart = "restart";
    public const string HelpersEnd = "helper's end";
    public const string HookFailure = "hook failure";
    public const string TokenSettled = "token settled";
    public const string ScopeDisposed = "scope disposed";
    public const string ConfigurationSwapped = "configuration swapped";
    public const string JoinerLeaving = "joiner leaving";

    public static IReadOnlyList<string> All { get; } =
    [
        Completion, Failure, Timeout, AttemptTimeout, Cancel, CallersCancel, Pause, Resume, Restart, HelpersEnd, HookFailure, TokenSettled,
        ScopeDisposed, ConfigurationSwapped, JoinerLeaving,
    ];

    /// <summary>What one of them has found when it came; null where it is none of this scenario, or has not come.</summary>
    public Order? Found(string name) => _orders.GetValueOrDefault(name);

    public void Happen(string name)
    {
        Do(name);
        Contexts.CheckEvent(stage, name);
    }

    private void Do(string name)
    {
        _orders[name] = new Order(stage.Tick(), stage.Live);
        if (name is Timeout or AttemptTimeout or Cancel or CallersCancel or Restart && stage.Live is { } live)
        {
            // What an interrupt lets go on takes the outcome of what it awaits, if there is one by then.
            live.LetGoAt ??= stage.Tick();
        }

        switch (name)
        {
            case Completion:
                End(attempt => attempt.Gate.TrySetResult(1), operation => operation.Bring(1));
                break;
            case Failure:
                End(attempt => attempt.Gate.TrySetException(new Fault()), operation => operation.Fail(new Fault()));
                break;
            case Timeout:
                stage.Clock.Advance(TimeSpan.FromSeconds(Subject.Timeout));
                break;
            case AttemptTimeout:
                stage.Clock.Advance(TimeSpan.FromSeconds(Subject.AttemptTimeout));
                break;
            case Cancel:
                stage.EndPause(target.Cancel);
                break;
            case CallersCancel:
                stage.EndPause(target.Callers.Cancel);
                break;
            case Pause:
                stage.Pause(target.Pause);
                break;
            case Resume:
                stage.EndPause(target.Resume);
                break;
            case Restart:
                stage.EndPause(target.Restart);
                break;
            case HelpersEnd:
                stage.Live?.HelpersGate.TrySetResult(0);
                break;
            case HookFailure:
                stage.EndHooksGate.TrySetException(new Fault());
                break;
            case TokenSettled:
                stage.Live?.Operation.Settle();
                break;
            case ScopeDisposed:
                stage.EndPause(target.Dispose);
                break;
            case ConfigurationSwapped:
                target.SwapConfiguration();
                break;
            case JoinerLeaving when stage.MayHaveTwoCalls:
                target.JoinAndLeave();
                break;
            default:
                stage.ConsumerLeaves = true;
                break;
        }
    }

    /// <summary>What the live attempt awaits first ends.</summary>
    private void End(Action<Attempt> gate, Action<Operation> operation)
    {
        if (stage.Live is not { } attempt)
        {
            return;
        }

        attempt.LetGoAt ??= stage.Tick();
        if (stage.GivesToken)
        {
            operation(attempt.Operation);
        }
        else
        {
            gate(attempt);
        }
    }

    /// <param name="At">When it came.</param>
    /// <param name="Live">The attempt that it found.</param>
    public sealed record Order(int At, Attempt? Live);
}
