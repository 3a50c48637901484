using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that a test steers by name, between awaits, and many at once.</summary>
public class Steered : Scene
{
    public ManualResetEventSlim Go { get; } = new();

    [Sit]
    public async Task<string?> Sync()
    {
        Say("sync");
        await At("sync");
        return "synced";
    }

    /// <summary>Is interrupted already when it begins to read a stream.</summary>
    [Sit]
    public async Task<string?> ReadLate()
    {
        SitContext.Current.Cancel();
        var numbers = Numbers().GetAsyncEnumerator();
        var first = numbers.MoveNextAsync();
        return await first ? "read" : "empty";
    }

    [Sit]
    private async IAsyncEnumerable<int> Numbers()
    {
        await At("numbers");
        yield return 1;
    }

    [Sit]
    public async Task<string?> Load()
    {
        Say("load");
        await At("load");
        return "loaded";
    }

    [Sit]
    public async Task<string?> Numbered(int number)
    {
        await At($"number {number}");
        Say($"{number}");
        return "numbered";
    }

    /// <summary>Stands at the door, goes on without an await until it is let go, and then has a checkpoint.</summary>
    [Sit]
    public async Task<string?> Calculate()
    {
        await At("door");
        try
        {
            Say("busy");
            Go.Wait();
            Sitter.Checkpoint();
            Say("after");
            return "calculated";
        }
        finally
        {
            await Task.Yield();
            Say("finally");
        }
    }

    [Sit]
    public async Task<string?> CalculateAsync()
    {
        await At("door");
        try
        {
            Say("busy");
            Go.Wait();
            await Sitter.CheckpointAsync();
            Say("after");
            return "calculated";
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(FlowContext = false)]
    public async Task Hang() => await At("hang");

    [Sit(MaxAttempts = 2)]
    public async Task<string?> FailOnce()
    {
        await At("door");
        return SitContext.Current.Attempt == 1 ? throw new IOException("once") : "second";
    }

    [Sit]
    public async Task<string?> Keep()
    {
        var items = SitContext.Current.Items;
        items["starts"] = items.TryGetValue("starts", out var starts) ? (int)starts! + 1 : 1;
        await At("door");
        return items["starts"]!.ToString();
    }

    [Sit(CacheSize = 10, CacheScope = CacheScope.Shared)]
    public static Task<object> Cached(int key) => Task.FromResult(new object());
}
