using Sitters;

namespace Samples.Examples;

// README: configure
public class Supplier
{
    [Sit(TimeoutSeconds = 30, MaxAttempts = 2)]
    public async Task<int?> Price(string product)
    {
        Console.WriteLine($"{product}: attempt {SitContext.Current.Attempt}");
        await Task.Delay(20);
        throw new IOException("busy");
    }
}
// end

internal static class ChangedSettings
{
    public static async Task Run()
    {
        var supplier = new Supplier();

        // README: configure-call
        using (Sitter.Configure(settings => settings.Methods["Samples.Examples.Supplier"] = new SitSettings { MaxAttempts = 3 }))
        {
            await Asked(supplier.Price("bread"));
        }

        await Asked(supplier.Price("milk"));
        // end
        try
        {
            Sitter.Configure(settings => settings.Methods["Samples.Examples.Suplier"] = new SitSettings { MaxAttempts = 3 });
        }
        catch (SitterConfigurationException refused)
        {
            Console.WriteLine(refused.Problems[0]);
        }
    }

    private static async Task Asked(Task<int?> price)
    {
        try
        {
            Console.WriteLine($"price {await price}");
        }
        catch (IOException busy)
        {
            Console.WriteLine(busy.Message);
        }
    }
}
