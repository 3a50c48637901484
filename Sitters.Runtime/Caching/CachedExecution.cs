using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Caching;

/// <summary>A call with a cache: a hit ends it here; a miss begins a call, or shares the one in progress.</summary>
[StackTraceHidden]
internal static class CachedExecution
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TTask Start<TMethod, TTask, TAdapter, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatCachedMethod<TTask, TMethod>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        try
        {
            var cache = MethodCaches<TMethod, T>.Find(method.Instance(), plan);
            var hash = method.GetHashCode();
            if (!cache.TryGetOwn(method, hash, out var entry))
            {
                return Miss<TMethod, TTask, TAdapter, T>(plan, cache, hash, ref method);
            }

            Observe(plan, isHit: true);
            return TAdapter.FromEntry(entry!);
        }
        catch (Exception exception)
        {
            // A key or a cache of the user's failed: as every failure of the call, this reaches the caller through the task.
            return TAdapter.FromTask(Task.FromException<T>(exception));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TTask Miss<TMethod, TTask, TAdapter, T>(Plan plan, MethodCache<TMethod, T> cache, int hash, ref TMethod method)
        where TMethod : struct, ISatCachedMethod<TTask, TMethod>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        var store = cache.Store(method.Cache());
        var call = method;
        while (true)
        {
            var flight = cache.GetOrAddFlight(call, hash, store, Create, out var entry, out var isNew);
            Observe(plan, isHit: flight is null);
            if (flight is null)
            {
                return TAdapter.FromEntry(entry!);
            }

            var tokens = plan.TokenCount == 0 ? [] : Tokens<TMethod, TTask>(plan, ref call);
            if (flight.AddWaiter(tokens, isNew) is { } result)
            {
                return TAdapter.FromTask(result);
            }
        }

        Flight<T> Create()
        {
            var key = call.Key();
            var execution = FastPath.Create<TMethod, TTask, TAdapter, T>(plan, ref call, isShared: true);
            return new Flight<T>(execution, result => store.Set(key, hash, result), ended => cache.RemoveFlight(hash, ended));
        }
    }

    private static void Observe(Plan plan, bool isHit)
    {
        if (SitObservers.Any)
        {
            SitObservers.Notify((plan.Name, isHit), static (observer, read) => observer.CacheRead(read.Name, read.isHit));
        }
    }

    private static CancellationToken[] Tokens<TMethod, TTask>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
    {
        var tokens = new CancellationToken[plan.TokenCount];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = method.Token(i);
        }

        return tokens;
    }
}
