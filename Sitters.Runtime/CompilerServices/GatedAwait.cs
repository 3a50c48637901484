using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.CompilerServices;

/// <summary>Replaces the awaiter in a method under control that the runtime itself suspends, without a builder.</summary>
/// <typeparam name="TAwaiter">The awaiter.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
[DebuggerStepThrough]
public sealed class GatedAwait<TAwaiter> : ICriticalNotifyCompletion
    where TAwaiter : INotifyCompletion
{
    private readonly Frame _frame;
    private TAwaiter _awaiter;

    internal GatedAwait(TAwaiter awaiter, Frame frame)
    {
        _awaiter = awaiter;
        _frame = frame;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation)
    {
        // By now the method has left its thread.
        _frame.OnFirstSuspension();
        _frame.Node!.ResumeBy(continuation);
        if (_frame.Arm() is not { } node)
        {
            return;
        }

        if (_awaiter is ICriticalNotifyCompletion critical)
        {
            var entered = GuardedContext.Enter(ref _awaiter, node);
            try
            {
                critical.UnsafeOnCompleted(node.Callback);
            }
            finally
            {
                GuardedContext.Leave(entered);
            }
        }
        else
        {
            _awaiter.OnCompleted(node.Callback);
        }

        _frame.OnArmed();
    }
}
