using Sitters;

namespace Shop.Jobs;

/// <summary>Waits in a helper, for a server.</summary>
public sealed class Sync(Outside outside)
{
    [Sit(OnCancel = SitOutcome.ReturnDefault)]
    public async Task<string?> Run(string region)
    {
        var orders = await Load(region);
        await Task.Yield();
        return $"{region}: {orders}";
    }

    private async Task<string> Load(string region) => await outside.Http.GetStringAsync($"orders/{region}");
}
