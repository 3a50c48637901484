using Microsoft.EntityFrameworkCore;

namespace Web;

/// <summary>What the shop keeps: an SQLite file.</summary>
internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}

/// <summary>An order that was accepted.</summary>
internal sealed class Order
{
    public int Id { get; set; }

    public required string Sku { get; set; }

    public required int Quantity { get; set; }

    public required decimal Price { get; set; }
}
