using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that take several tokens.</summary>
public class Tokens : Scene
{
    [Sit]
    public async Task Two(CancellationToken one, CancellationToken? other) => await At("door");

    [Sit]
    public async Task EndInOwnWay(CancellationToken token)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        catch (OperationCanceledException)
        {
            throw new OwnCancellation("own");
        }
    }

    public sealed class OwnCancellation(string message) : OperationCanceledException(message);
}
