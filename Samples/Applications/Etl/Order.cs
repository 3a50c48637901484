namespace Etl;

/// <summary>One line of the source.</summary>
internal readonly record struct Order(int Number, string Customer, int Quantity, decimal Price)
{
    public static Order Parse(string line)
    {
        var fields = line.Split(';');
        return fields.Length == 4
            && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)
            && decimal.TryParse(fields[3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            ? new Order(number, fields[1], quantity, price)
            : throw new FormatException($"'{line}' is not an order: number;customer;quantity;price.");
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number};{Customer};{Quantity};{Price:0.00}");
}
