using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Tooling;

/// <summary>Methods that throw, each from a different phase of a call.</summary>
public class Thrown
{
    [Sit]
    public async Task<int> AtOnce(int number)
    {
        Throw(number);
        await Task.Yield();
        return number;
    }

    [Sit]
    public async Task<int> AfterItSuspended(int number)
    {
        await Task.Yield();
        Throw(number);
        return number;
    }

    [Sit]
    public async ValueTask AfterItSuspendedAsValueTask(int number)
    {
        await Task.Yield();
        Throw(number);
    }

    [Sit(FlowContext = false)]
    public async Task WithoutFlow(int number)
    {
        await Task.Yield();
        Throw(number);
    }

    [Sit(MaxAttempts = 3)]
    public async Task<int> ThroughRetries(int number)
    {
        await Task.Yield();
        Throw(number);
        return number;
    }

    [Sit(MaxAttempts = 3)]
    public async Task<int> ThroughRetriesAtOnce(int number)
    {
        Throw(number);
        return number;
    }

    [Sit(TimeoutSeconds = 60, OnTimeout = SitOutcome.Throw, StartupHooks = [nameof(Hook)], ExceptionHooks = [nameof(Hook)])]
    public async Task<int> WithTimeoutAndHooks(int number)
    {
        await Task.Yield();
        Throw(number);
        return number;
    }

    [Sit(CacheSize = 3)]
    public async Task<int> Cached(int number)
    {
        await Task.Yield();
        Throw(number);
        return number;
    }

    [Sit]
    public async Task<int> InAHelper(int number)
    {
        var doubled = number * 2;
        return await Help(doubled);
    }

    [Sit]
    public async Task<int> InACallWithinTheCall(int number)
    {
        await Task.Yield();
        return await AfterItSuspended(number);
    }

    [Sit]
    public async Task<T> Generic<T>(T value)
    {
        await Task.Yield();
        Throw(value);
        return value;
    }

    [Sit]
    public async Task InAFinally(int number)
    {
        try
        {
            await Task.Yield();
        }
        finally
        {
            await Task.Yield();
            Throw(number);
        }
    }

    [Sit]
    public async IAsyncEnumerable<int> InAStream(int number)
    {
        yield return 1;
        await Task.Yield();
        Throw(number);
    }

    [Sit]
    public Task<int> NotAsync(int number)
    {
        Throw(number);
        return Task.FromResult(number);
    }

    [Sit(MaxAttempts = 2)]
    public Task<int> NotAsyncInItsTask(int number) => Help(number);

    [Sit]
    public async Task<int> InALocalFunction(int number)
    {
        await Task.Yield();
        return await Local();

        [Sit]
        async Task<int> Local()
        {
            await Task.Yield();
            Throw(number);
            return number;
        }
    }

    private static async Task<int> Help(int number)
    {
        await Task.Yield();
        Throw(number);
        return number;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw<T>(T value) => throw new InvalidOperationException($"thrown with {value}");

    private static async Task Hook() => await Task.Yield();
}
