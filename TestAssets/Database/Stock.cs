using Microsoft.EntityFrameworkCore;
using Sitters;

namespace Database;

/// <summary>Work with one context over several attempts, by code that knows no token.</summary>
public class Stock(StockContext context)
{
    [Sit(AttemptTimeoutSeconds = 1, MaxAttempts = 21)]
    public async Task<int?> Count()
    {
        var items = await context.Items.ToListAsync();
        return items.Count;
    }

    [Sit(AttemptTimeoutSeconds = 1, MaxAttempts = 21)]
    public async Task<int?> Add(string name)
    {
        if (context.ChangeTracker.Entries().Any())
        {
            return await context.SaveChangesAsync();
        }

        context.Items.Add(new Item { Name = name });
        return await context.SaveChangesAsync();
    }
}
