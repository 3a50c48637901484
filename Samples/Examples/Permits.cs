using Sitters;

namespace Samples.Examples;

// README: permits
public class Printer
{
    private readonly SemaphoreSlim _paper = new(0);

    public int Sheets => _paper.CurrentCount;

    [Sit(TimeoutSeconds = 0.2)]
    public async Task<string?> Print(string text)
    {
        // No token anywhere, and still: when the time is over, the call leaves the queue.
        await _paper.WaitAsync();
        return text;
    }

    public void Refill() => _paper.Release();
}
// end

internal static class Permits
{
    public static async Task Run()
    {
        var printer = new Printer();
        Console.WriteLine($"printed: {await printer.Print("page 1") ?? "nothing"}");
        printer.Refill();
        Console.WriteLine($"sheets: {printer.Sheets}");
        Console.WriteLine($"printed: {await printer.Print("page 1") ?? "nothing"}");
    }
}
