using Sitters;

namespace Samples.Examples;

// README: hanging
public class Imports
{
    private readonly SemaphoreSlim _connections = new(0);

    [Sit(CancellationHooks = [nameof(Log)])]
    public async Task<int?> Import()
    {
        await _connections.WaitAsync();
        return 1;
    }

    [Sit]
    public async Task<int?> Export()
    {
        while (_connections.CurrentCount == 0)
        {
            await Task.Delay(50);
        }

        return 1;
    }

    public void Close() => _connections.Release();

    private void Log(SitContext call) =>
        Console.WriteLine($"Warning: {call.Name} was cancelled by {call.LastControl?.Identity}: {call.LastControl?.Reason}");
}
// end

internal static class HangingImport
{
    public static async Task Run()
    {
        var imports = new Imports();
        var export = imports.Export();
        var import = imports.Import();
        Console.WriteLine("an import and an export run");
        Console.WriteLine($"import: {await import ?? 0}");
        imports.Close();
        Console.WriteLine($"export: {await export}");
    }
}
