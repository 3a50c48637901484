using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that take several tokens.</summary>
public class Tokens : Recorder
{
    [Sit]
    public async Task Two(CancellationToken one, CancellationToken? other) => await Door.Task;
}
