using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Requests over the wire, without a token.</summary>
public class Requests
{
    [Sit(AttemptTimeoutSeconds = 1, MaxAttempts = 3)]
    public async Task<string?> Get(HttpClient client, Uri address) => await client.GetStringAsync(address);

    [Sit]
    public Task<string>? GetDirectly(HttpClient client, Uri address) => client.GetStringAsync(address);
}
