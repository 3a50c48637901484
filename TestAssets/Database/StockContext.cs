using Microsoft.EntityFrameworkCore;

namespace Database;

public class StockContext(DbContextOptions<StockContext> options) : DbContext(options)
{
    public DbSet<Item> Items => Set<Item>();
}
