namespace Sitters.Runtime;

/// <summary>While this lives, the code that runs on this thread belongs to a scope.</summary>
internal readonly ref struct Inside
{
    private readonly ThreadSlot _slot;
    private readonly Frame? _outer;
    private readonly ExecutionContext? _context;
    private readonly Scope? _outerFlow;

    public Inside(Scope scope)
    {
        _slot = ThreadSlot.Mine;
        _outer = _slot.Current;
        _slot.Current = scope;
        if (scope.Flows || !scope.Plan.IsAsync)
        {
            _context = ExecutionContext.Capture();
            if (scope.Flows)
            {
                _outerFlow = Ambient.Flowing;
                Ambient.SetFlow(scope);
            }
        }
    }

    public void Dispose()
    {
        var scope = _slot.Current!.Scope;
        _slot.Current = _outer;
        if (_context is not null)
        {
            ExecutionContext.Restore(_context);
        }
        else if (scope.Flows)
        {
            // Its flow is suppressed: there is nothing to restore but our own.
            Ambient.SetFlow(_outerFlow);
        }
    }
}
