using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that end in every way there is.</summary>
public class Ending : Scene
{
    [Sit(ExceptionHooks = [nameof(OnException)])]
    public async Task<int> Throw(Exception exception)
    {
        await Task.Yield();
        ThrowHere(exception);
        return 1;
    }

    [Sit]
    public async Task<int> ThrowAtOnce(Exception exception) => throw exception;

    [Sit]
    public async ValueTask<int> ThrowFromValueTask(Exception exception)
    {
        await Task.Yield();
        throw exception;
    }

    [Sit]
    public async Task CancelByItself(CancellationToken own)
    {
        await Task.Yield();
        own.ThrowIfCancellationRequested();
    }

    [Sit(TimeoutSeconds = 1, MaxAttempts = 3)]
    public async Task<int?> AtOnce(int number) => number;

    [Sit(TimeoutSeconds = 1)]
    public async Task<int?> NullableOrNothing() => await Forever<int?>();

    [Sit(TimeoutSeconds = 1)]
    public async Task<string?> StringOrNothing() => await Forever<string?>();

    [Sit]
    public async Task<int> Number() => await Forever<int>();

    [Sit(OnCancel = SitOutcome.Throw)]
    public async Task ThrowWhenCancelled() => await Forever<int>();

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.Throw)]
    public async ValueTask<int> ThrowWhenTimedOut() => await Forever<int>();

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.Throw, OnCancel = SitOutcome.ReturnDefault)]
    public async Task<int?> ThrowOnlyWhenTimedOut() => await Forever<int?>();

    [Sit]
    public async Task<T> Give<T>(T value)
    {
        await Task.Yield();
        return value;
    }

    [Sit(CompletionHooks = [nameof(OnCompletion)])]
    public async Task Nothing() => await Task.Yield();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowHere(Exception exception) => throw exception;

    private async Task<T> Forever<T>()
    {
        await At("door");
        return default!;
    }
}
