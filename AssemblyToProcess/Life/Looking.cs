using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that look at their own context.</summary>
public class Looking : Scene
{
    public List<SitState> Seen { get; } = [];

    public List<SitContext> Found { get; } = [];

    [Sit(
        StartupHooks = [nameof(Look)], CompletionHooks = [nameof(Look)], ExceptionHooks = [nameof(Look)], TimeoutHooks = [nameof(Look)],
        CancellationHooks = [nameof(Look)], RestartHooks = [nameof(Look)], TimeoutSeconds = 5)]
    public async Task<int?> Live(bool fails)
    {
        Look(SitContext.Current);
        await At("door");
        return fails ? throw new ArgumentException("body") : 5;
    }

    [Sit]
    public async Task<SitContext?> LookAfterAwait()
    {
        await At("door");
        return SitContext.TryGetCurrent(out var context) ? context : null;
    }

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.Throw, TimeoutHooks = [nameof(TellException)])]
    public async Task TimesOutLoudly() => await At("door");

    public void TellException(SitContext context) => Say($"timeout {context.Exception?.GetType().Name}");

    [Sit]
    public async Task<SitContext> Give()
    {
        await Task.Yield();
        return SitContext.Current;
    }

    [Sit]
    public async Task<SitContext> GiveAtOnce() => SitContext.Current;

    [Sit]
    public async Task InCallees()
    {
        Found.Add(SitContext.Current);
        FindHere();
        await FindThere();
        await Task.Run(FindHere);
        await Task.Run(FindThere);
        using var done = new ManualResetEventSlim();
        await using var timer = new Timer(_ =>
        {
            FindHere();
            done.Set();
        });
        timer.Change(0, Timeout.Infinite);
        done.Wait();
        Parallel.For(0, 1, _ => FindHere());
    }

    [Sit(FlowContext = false)]
    public async Task<(bool Here, bool InHelper, bool InTaskRun)> WithoutFlow()
    {
        var here = SitContext.TryGetCurrent(out _);
        var inHelper = await IsThere();
        var inTaskRun = await Task.Run(() => SitContext.TryGetCurrent(out _));
        return (here, inHelper, inTaskRun);
    }

    [Sit(StartupHooks = [nameof(Keep)])]
    public async Task<object?> Produce(object? result)
    {
        await Task.Yield();
        return result;
    }

    [Sit(StartupHooks = [nameof(Keep)])]
    public async Task ProduceNothing() => await Task.Yield();

    [Sit(StartupHooks = [nameof(Keep)])]
    public async Task Wait()
    {
        Say("body");
        await At("door");
    }

    [Sit]
    public async Task<CancellationToken> GiveToken() => SitContext.Current.CancellationToken;

    [Sit(StartupHooks = [nameof(Keep)], RestartHooks = [nameof(Keep)])]
    public async Task<List<CancellationToken>> Tokens()
    {
        Token.Add(SitContext.Current.CancellationToken);
        Say("body");
        if (Token.Count == 1)
        {
            await At("door");
        }

        return Token;
    }

    public List<CancellationToken> Token { get; } = [];

    public SitContext? Kept { get; private set; }

    private void Keep(SitContext context) => Kept = context;

    private void Look(SitContext context) => Seen.Add(context.State);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FindHere()
    {
        lock (Found)
        {
            Found.Add(SitContext.Current);
        }
    }

    private async Task FindThere()
    {
        await Task.Yield();
        FindHere();
    }

    private static async Task<bool> IsThere()
    {
        await Task.Yield();
        return SitContext.TryGetCurrent(out _);
    }
}
