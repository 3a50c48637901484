using Sitters;

namespace Samples.Examples;

// README: shared-task-trap
public class Trapped
{
    private Task<string>? _index;

    // The first caller begins the shared task inside its own call: it ends with that call, for everybody.
    [Sit(TimeoutSeconds = 0.1)]
    public async Task<string?> Glance() => await (_index ??= LoadIndex());

    [Sit]
    public async Task<string?> Search() => await (_index ??= LoadIndex());

    private static async Task<string> LoadIndex()
    {
        await Task.Delay(300);
        return "index";
    }
}
// end

// README: shared-call
public class Catalogue
{
    [Sit(TimeoutSeconds = 0.1)]
    public async Task<string?> Glance() => await LoadIndex();

    [Sit]
    public async Task<string?> Search() => await LoadIndex();

    // Callers share one run. It goes on as long as one of them still waits, and only a result is kept.
    [Sit(CacheSize = 1)]
    private async Task<string> LoadIndex()
    {
        await Task.Delay(300);
        return "index";
    }
}
// end

// README: begun-outside
public class Archive
{
    private readonly Lazy<Task<string>> _index = new(() =>
    {
        // On the thread pool and without the caller's ExecutionContext it belongs to no call.
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(LoadIndex);
        }
    });

    [Sit(TimeoutSeconds = 0.1)]
    public async Task<string?> Glance() => await _index.Value;

    [Sit]
    public async Task<string?> Search() => await _index.Value;

    private static async Task<string> LoadIndex()
    {
        await Task.Delay(300);
        return "index";
    }
}
// end

internal static class SharedTasks
{
    public static async Task Run()
    {
        var (trapped, catalogue, archive) = (new Trapped(), new Catalogue(), new Archive());
        Console.WriteLine("-- a task begun inside a call");
        await Tell(trapped.Glance, trapped.Search);
        Console.WriteLine("-- a sat method with a cache");
        await Tell(catalogue.Glance, catalogue.Search);
        Console.WriteLine("-- a task begun outside of calls");
        await Tell(archive.Glance, archive.Search);
    }

    private static async Task Tell(Func<Task<string?>> glance, Func<Task<string?>> search)
    {
        var (hasty, patient) = (glance(), search());
        Console.WriteLine($"glance: {await hasty ?? "default"}");
        try
        {
            Console.WriteLine($"search: {await patient ?? "default"}");
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("search: throws OperationCanceledException");
        }
    }
}
