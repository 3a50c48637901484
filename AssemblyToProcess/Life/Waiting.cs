using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Calls of which a test asks where they stand: their helpers, their branches, the calls inside them.</summary>
public class Waiting : Scene
{
    /// <summary>Where the awaits below stand that tests ask for.</summary>
    public static Dictionary<string, int> Lines { get; } = [];

    public ManualResetEventSlim Go { get; } = new();

    [Sit]
    public async Task<string?> Alone()
    {
        Note("alone");
        await At("door");
        return "done";
    }

    [Sit]
    public async Task<string?> WithHelper() => await Helper();

    [Sit]
    public async Task<string?> Branches()
    {
        await Task.WhenAll(Branch("left"), Branch("right"));
        return "joined";
    }

    [Sit]
    public async Task<string?> OnPool() => await Task.Run(async () =>
    {
        await At("pool");
        return "from the pool";
    });

    [Sit]
    public async Task<string?> ByHelperOnPool() => await StartOnPool();

    [Sit]
    public async Task<string?> Outer() => await Between();

    [Sit]
    public async Task<string?> Inner()
    {
        await At("inner");
        return "inner";
    }

    /// <summary>Goes on without an await until it is let go.</summary>
    [Sit]
    public async Task<string?> Crunch()
    {
        await At("door");
        Say("crunching");
        Go.Wait();
        await At("after");
        return "crunched";
    }

    [Sit(MaxAttempts = 2, RetryDelaySeconds = 60)]
    public async Task<string?> Failing()
    {
        await At("door");
        throw new InvalidOperationException("fails");
    }

    [Sit(StartupHooks = [nameof(Prepare)])]
    public async Task<string?> Hooked()
    {
        await At("door");
        return "done";
    }

    [Sit(CacheSize = 10)]
    public async Task<string?> Shared(int key)
    {
        await At($"shared {key}");
        return "shared";
    }

    [Sit]
    public async Task<string?> AsksForShared() => await Shared(1);

    [Sit]
    public async Task<string?> Reads()
    {
        await foreach (var number in Numbers())
        {
            Say($"{number}");
        }

        return "read";
    }

    [Sit]
    public async IAsyncEnumerable<int> Numbers([EnumeratorCancellation] CancellationToken token = default)
    {
        await At("number");
        yield return 1;
    }

    [Sit(FlowContext = false)]
    public async Task<string?> Unflowed() => await Helper();

    [Sit]
    public Task<string?> NotAsync() => Helper();

    [Sit]
    public async Task<string?> Deep(int depth) => depth == 0 ? await Helper() : await Deeper(depth);

    private async Task<string?> Deeper(int depth) => depth == 1 ? await Helper() : await Deeper(depth - 1);

    private async Task<string?> Between() => await Inner();

    private async Task<string?> StartOnPool() => await Task.Run(async () =>
    {
        await At("pool");
        return "from the pool";
    });

    private async Task Branch(string name) => await At(name);

    private async Task Prepare() => await At("preparing");

    private async Task<string?> Helper()
    {
        Note("helper");
        await At("door");
        return "helped";
    }

    /// <summary>The await stands in the line after.</summary>
    private static void Note(string name, [CallerLineNumber] int line = 0) => Lines[name] = line + 1;
}
