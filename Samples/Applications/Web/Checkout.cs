using Sitters;

namespace Web;

/// <summary>What a request does. Hooks are the object's own methods, so they have whatever was injected into it.</summary>
internal sealed partial class Checkout(ShopContext shop, Supplier supplier, ILogger<Checkout> logger)
{
    /// <summary>An answer is given only for an order that is in the database: whatever stops this call is an exception.</summary>
    [Sit(TimeoutSeconds = 30, OnTimeout = SitOutcome.Throw, OnCancel = SitOutcome.Throw, TimeoutHooks = [nameof(Warn)])]
    public async Task<Order?> Place(string sku, int quantity)
    {
        // A call may start again, by HUP or from the page: then the order of its first start is not to be saved beside that of the second.
        shop.ChangeTracker.Clear();
        if (await supplier.PriceOf(sku) is not { } price)
        {
            return null;
        }

        var order = new Order { Sku = sku, Quantity = quantity, Price = price };
        shop.Orders.Add(order);
        await shop.SaveChangesAsync();
        return order;
    }

    private void Warn(SitContext call) => LogTooLate(call.Name, call.Attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Call} took too long, in attempt {Attempt}")]
    private partial void LogTooLate(string call, int attempt);
}
