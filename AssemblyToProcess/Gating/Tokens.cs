using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Methods with tokens among their parameters.</summary>
public class Tokens : Scene
{
    /// <summary>What the method was given.</summary>
    public List<CancellationToken> Given { get; } = [];

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> First(CancellationToken token, int number)
    {
        Given.Add(token);
        await Work();
        return number;
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async ValueTask<int?> Last(int number, CancellationToken token = default)
    {
        Given.Add(token);
        await Work();
        return number;
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> Nullable(CancellationToken? token)
    {
        Given.Add(token!.Value);
        await Work();
        return 1;
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> Several(CancellationToken first, string between, CancellationToken? second, CancellationToken third)
    {
        Given.AddRange([first, second!.Value, third]);
        await Work();
        return 1;
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public Task<int?> NotAsync(CancellationToken token)
    {
        Given.Add(token);
        Say("begins");
        return Task.Delay(Timeout.Infinite, token).ContinueWith(delay => (int?)1, token);
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> PassesItOn(CancellationToken token)
    {
        Say("begins");
        await Task.Delay(Timeout.Infinite, token);
        return 1;
    }

    [Sit(RestartHooks = [nameof(OnRestart)])]
    public async Task<int?> StartsAgain(CancellationToken token)
    {
        Given.Add(token);
        await At("work");
        return 1;
    }

    private async Task Work()
    {
        Say("begins");
        try
        {
            await At("work");
            Say("went on");
        }
        finally
        {
            Say("finally");
        }
    }
}
