using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that take several tokens.</summary>
public class Tokens : Scene
{
    [Sit]
    public async Task Two(CancellationToken one, CancellationToken? other) => await At("door");
}
