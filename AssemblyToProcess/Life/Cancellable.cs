using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Work that tells how it ends when it is cancelled.</summary>
public class Cancellable : Scene
{
    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<string?> Work()
    {
        try
        {
            Say("working");
            await At("work");
            return "worked";
        }
        finally
        {
            Say("finally");
        }
    }
}
