using Sitters;

namespace Samples.Examples;

public class Importer
{
    private readonly SemaphoreSlim _connections = new(1);

    [Sit]
    public async Task<int?> Import()
    {
        await Task.WhenAll(Load("orders"), Load("stock"));
        return 2;
    }

    private async Task Load(string what)
    {
        await _connections.WaitAsync();
        await Task.Delay(TimeSpan.FromHours(1));
        Console.WriteLine($"{what}: loaded");
    }
}

internal static class Whereabouts
{
    public static async Task Run()
    {
        var import = new Importer().Import();
        // README: waits
        foreach (var call in Sitter.ActiveCalls)
        {
            Print(call.Waits);
        }

        static void Print(IEnumerable<SitWait> waits, string indent = "")
        {
            foreach (var wait in waits)
            {
                Console.WriteLine($"{indent}{wait}");
                Print(wait.Children, indent + "  ");
            }
        }
        // end
        Sitter.Cancel();
        Console.WriteLine($"result {await import ?? 0}");
    }
}
