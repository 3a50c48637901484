using Orleans.Concurrency;
using Sitters;

namespace Samples.Examples;

// README: grains
public interface IImporter : IGrainWithStringKey
{
    Task<int?> Import(string[] files, CancellationToken token = default);

    [AlwaysInterleave]
    Task<int> CountImported();
}

public class Importer([PersistentState("imported")] IPersistentState<HashSet<string>> imported) : Grain, IImporter
{
    [Sit(
        TimeoutSeconds = 20, MaxAttempts = 3, RetryDelaySeconds = 1, RetryOn = [typeof(IOException)],
        RetryHooks = [nameof(Keep)], TimeoutHooks = [nameof(Keep)], CancellationHooks = [nameof(Keep)], CompletionHooks = [nameof(Keep)])]
    public async Task<int?> Import(string[] files, CancellationToken token)
    {
        foreach (var file in files.Except(imported.State).ToArray())
        {
            await File.ReadAllTextAsync(file, token);
            imported.State.Add(file);
        }

        return imported.State.Count;
    }

    public Task<int> CountImported() => Task.FromResult(imported.State.Count);

    // A turn of this grain, like the method's own code: what both use needs no lock.
    private Task Keep() => imported.WriteStateAsync();
}
// end
