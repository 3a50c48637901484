using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

/// <summary>Until it is disposed of, code on this thread belongs to a scope.</summary>
internal readonly ref struct ScopeEntry
{
    private readonly ThreadSlot _slot;
    private readonly Scope _scope;
    private readonly Frame? _outer;
    private readonly ExecutionContext? _context;
    private readonly Scope? _outerFlow;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScopeEntry(Scope scope, ThreadSlot slot)
    {
        _scope = scope;
        _slot = slot;
        _outer = slot.Current;
        scope.Parent = _outer;
        slot.Current = scope;
        if (scope.Flows)
        {
            _context = ExecutionContext.Capture();
            scope.LosesFlow = _context is null;
            _outerFlow = CurrentFrame.Flowing;
            scope.Parent = CurrentFrame.Resolve(_outer, _outerFlow);
            if (scope.Parent is { } parent)
            {
                CurrentFrame.SettleParents(parent.Scope, _outerFlow);
            }

            CurrentFrame.SetFlow(scope);
        }
        else if (!scope.Plan.IsAsync)
        {
            // A body that is not async would otherwise leave the AsyncLocals that it sets to its caller.
            _context = ExecutionContext.Capture();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        _slot.Current = _outer;
        if (_context is not null)
        {
            ExecutionContext.Restore(_context);
        }
        else if (_scope.Flows)
        {
            // The flow is suppressed, so only our own AsyncLocal is restored.
            CurrentFrame.SetFlow(_outerFlow);
        }
    }
}
