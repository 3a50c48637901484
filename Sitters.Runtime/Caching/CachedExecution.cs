using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Telemetry;

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
        if (plan.IsOverridden)
        {
            return StartConfigured<TMethod, TTask, TAdapter, T>(plan.InForce, ref method);
        }

        return Start<TMethod, TTask, TAdapter, T>(plan, ref method, isConfigured: false);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TTask StartConfigured<TMethod, TTask, TAdapter, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatCachedMethod<TTask, TMethod>
        where TAdapter : struct, IReturnAdapter<TTask, T> =>
        plan is { IsCached: true, IsDisabled: false }
            ? Start<TMethod, TTask, TAdapter, T>(plan, ref method, isConfigured: true)
            : FastPath.Start<TMethod, TTask, TAdapter, T>(plan, ref method);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTask Start<TMethod, TTask, TAdapter, T>(Plan plan, ref TMethod method, bool isConfigured)
        where TMethod : struct, ISatCachedMethod<TTask, TMethod>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        MethodCache<TMethod, T> cache;
        int hash;
        try
        {
            cache = MethodCaches<TMethod, T>.Find(method.Instance(), plan);
            if (isConfigured && !ReferenceEquals(cache.Limits, plan.Cache))
            {
                cache = MethodCaches<TMethod, T>.Renew(method.Instance(), cache, plan);
            }

            hash = method.GetHashCode();
            if (cache.TryGetOwn(method, hash, out var entry))
            {
                Tell(plan, CacheTelemetry.Hit);
                return TAdapter.FromEntry(entry!);
            }
        }
        catch (Exception exception)
        {
            // A key or a cache of the user's failed: this reaches the caller through the task.
            return TAdapter.FromTask(Task.FromException<T>(exception));
        }

        return Miss<TMethod, TTask, TAdapter, T>(plan, cache, hash, ref method);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TTask Miss<TMethod, TTask, TAdapter, T>(Plan plan, MethodCache<TMethod, T> cache, int hash, ref TMethod method)
        where TMethod : struct, ISatCachedMethod<TTask, TMethod>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        var call = method;
        Flight<T>? started = null;
        Task<T>? task;
        var isTold = false;
        try
        {
            var store = cache.Store(method.Cache(), plan);
            do
            {
                var flight = cache.GetOrAddFlight(call, hash, store, () => Create(store), out var entry, out var isNew);
                if (!isTold)
                {
                    isTold = true;
                    Tell(plan, flight is null ? CacheTelemetry.Hit : isNew ? CacheTelemetry.Miss : CacheTelemetry.Join);
                }

                if (flight is null)
                {
                    return TAdapter.FromEntry(entry!);
                }

                started = isNew ? flight : null;
                task = flight.AddWaiter(plan.TokenCount == 0 ? [] : Tokens<TMethod, TTask>(plan, ref call), isNew);
            }
            while (task is null);
        }
        catch (Exception exception)
        {
            return TAdapter.FromTask(Task.FromException<T>(exception));
        }

        // What a body that is not async throws before it returns is thrown at the caller that has run it.
        started?.ThrowWhatBodyThrew(task);
        return TAdapter.FromTask(task);

        Flight<T> Create(IResultStore<TMethod, T> store)
        {
            var key = call.Key();
            var execution = FastPath.Create<TMethod, TTask, TAdapter, T>(plan, ref call, isShared: true);
            return new Flight<T>(execution, result => store.Set(key, hash, result), ended => cache.RemoveFlight(hash, ended));
        }
    }

    private static void Tell(Plan plan, string result)
    {
        CacheTelemetry.Read(plan.Name, result);
        if (SitObservers.Any)
        {
            SitObservers.Notify(
                (plan.Name, IsHit: result == CacheTelemetry.Hit), static (observer, read) => observer.CacheRead(read.Name, read.IsHit));
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
