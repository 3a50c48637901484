using Sitters;

namespace AssemblyToProcess.Faulty;

public class Policies
{
    [Sit(Policy = "htpt")]
    public Task Misspelt() => Task.CompletedTask; // SIT008
}
