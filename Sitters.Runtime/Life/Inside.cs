namespace Sitters.Runtime;

/// <summary>While this lives, the code that runs on this thread belongs to a scope.</summary>
internal readonly ref struct Inside
{
    private readonly ThreadSlot _slot;
    private readonly Scope _scope;
    private readonly Frame? _outer;
    private readonly ExecutionContext? _context;
    private readonly Scope? _outerFlow;

    public Inside(Scope scope)
    {
        _scope = scope;
        _slot = ThreadSlot.Mine;
        _outer = _slot.Current;
        _slot.Current = scope;
        if (scope.Flows)
        {
            _context = ExecutionContext.Capture();
            if (_context is null)
            {
                // Its flow is suppressed: there will be nothing to restore but our own.
                _outerFlow = Ambient.Flowing;
            }

            Ambient.SetFlow(scope);
        }
        else if (!scope.Plan.IsAsync)
        {
            // What a body that is not async sets in AsyncLocals would stay.
            _context = ExecutionContext.Capture();
        }
    }

    public void Dispose()
    {
        _slot.Current = _outer;
        if (_context is not null)
        {
            ExecutionContext.Restore(_context);
        }
        else if (_scope.Flows)
        {
            Ambient.SetFlow(_outerFlow);
        }
    }
}
