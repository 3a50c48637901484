namespace Web;

/// <summary>Stands in for the supplier where none is configured: every third question fails, and those that are called slow never get an answer.</summary>
internal static class FakeSupplier
{
    private static int _questions;

    public static void MapFakeSupplier(this WebApplication app) => app.MapGet("/supplier/prices/{sku}", async (string sku, CancellationToken aborted) =>
    {
        if (Interlocked.Increment(ref _questions) % 3 == 1)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        await Task.Delay(sku.StartsWith("slow", StringComparison.Ordinal) ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(50), aborted);
        return sku == "unknown" ? Results.NotFound() : Results.Ok(1m + sku.Length);
    });
}
