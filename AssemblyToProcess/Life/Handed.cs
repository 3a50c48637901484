using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>A call that shows its context, and ends with what it is handed.</summary>
public class Handed
{
    private volatile SitContext? _context;

    /// <summary>The context of the last call.</summary>
    public SitContext? Context => _context;

    [Sit(OnCancel = SitOutcome.Throw)]
    public async Task<int> Number(Task<int> number)
    {
        _context = SitContext.Current;
        return await number;
    }
}
