using System.Diagnostics.CodeAnalysis;
using System.Net;
using Sitters;

namespace Web;

/// <summary>Somebody else's service, which fails and dawdles at times: a typed client.</summary>
internal sealed class Supplier(HttpClient http)
{
    /// <summary>Asked at most once in five seconds for each article, however many ask at the same time.</summary>
    /// <returns>Null where the supplier does not know the article.</returns>
    [SuppressMessage("Sitters", "SIT016", Justification = "Whichever client asks, it asks the same supplier.")]
    [Sit(
        TimeoutSeconds = 5,
        MaxAttempts = 3,
        RetryDelaySeconds = 0.2,
        RetryOn = [typeof(HttpRequestException)],
        CacheSize = 1_000,
        CacheSeconds = 5,
        CacheScope = CacheScope.Shared,
        OnTimeout = SitOutcome.Throw,
        OnCancel = SitOutcome.Throw)]
    public async Task<decimal?> PriceOf(string sku)
    {
        using var response = await http.GetAsync(new Uri($"prices/{Uri.EscapeDataString(sku)}", UriKind.Relative));
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<decimal>();
    }
}
