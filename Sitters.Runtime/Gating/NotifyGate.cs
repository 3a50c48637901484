using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime;

/// <summary>Stands for the awaiter of a method under control while that suspends.</summary>
/// <typeparam name="TAwaiter">The awaiter.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
[DebuggerStepThrough]
public readonly struct NotifyGate<TAwaiter> : INotifyCompletion
    where TAwaiter : INotifyCompletion
{
    private readonly Frame _frame;
    private readonly bool _capturesContext;
    private readonly TAwaiter _awaiter;

    internal NotifyGate(TAwaiter awaiter, Frame frame, bool capturesContext)
    {
        _awaiter = awaiter;
        _frame = frame;
        _capturesContext = capturesContext;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation)
    {
        var frame = _frame;
        if (frame.Scope.NeedsAttention && frame.TakeInterrupt())
        {
            frame.Run(continuation);
            return;
        }

        var node = frame.Arm(continuation, _capturesContext);
        if (!Frame.TrySkip(node))
        {
            _awaiter.OnCompleted(node.Callback);
        }

        if (frame.Scope.NeedsAttention)
        {
            frame.Scope.TryInterrupt(frame);
        }
    }
}
