namespace Etl;

/// <summary>Work for the processor: what an order costs after a rebate that is found by trying.</summary>
internal static class Rebate
{
    public static decimal Of(Order order)
    {
        var percent = 0;
        for (var round = 0; round < 5_000; round++)
        {
            percent = ((percent * 31) + order.Number + round) % 11;
        }

        return Math.Round(order.Quantity * order.Price * (100 - percent) / 100, 2, MidpointRounding.ToEven);
    }
}
