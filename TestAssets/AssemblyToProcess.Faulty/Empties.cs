using Sitters;

namespace AssemblyToProcess.Faulty;

public class Empties
{
    [Sit(Retry = "")]
    public Task Retry() => Task.CompletedTask; // SIT003

    [Sit(Cache = " ")]
    public Task<int> Cache() => Task.FromResult(1); // SIT003

    [Sit(Policy = "")]
    public Task Policy() => Task.CompletedTask; // SIT003

    [Sit(HooksType = null)]
    public Task HooksType() => Task.CompletedTask; // SIT003
}
