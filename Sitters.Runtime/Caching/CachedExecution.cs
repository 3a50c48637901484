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
        var cache = MethodCache<TMethod, T>.In(ref method.Store(), plan);
        return cache.TryGetOwn(method, out var entry)
            ? TAdapter.FromEntry(entry!)
            : Miss<TMethod, TTask, TAdapter, T>(plan, cache, ref method);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TTask Miss<TMethod, TTask, TAdapter, T>(Plan plan, MethodCache<TMethod, T> cache, ref TMethod method)
        where TMethod : struct, ISatCachedMethod<TTask, TMethod>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        try
        {
            var key = method.Key();
            var store = cache.Store(method.Cache());
            var call = method;
            var flight = cache.GetOrAddFlight(key, store, Create, out var entry, out var isNew);
            if (flight is null)
            {
                return TAdapter.FromEntry(entry!);
            }

            var waiter = flight.AddWaiter(plan.TokenCount == 0 ? [] : Tokens<TMethod, TTask>(plan, ref method), isNew);
            return waiter is null ? Miss<TMethod, TTask, TAdapter, T>(plan, cache, ref method) : TAdapter.FromTask(waiter);

            Flight<T> Create()
            {
                var execution = FastPath.Create<TMethod, TTask, TAdapter, T>(plan, ref call, isShared: true);
                return new Flight<T>(execution, result => store.Set(key, result), ended => cache.RemoveFlight(key, ended));
            }
        }
        catch (Exception exception)
        {
            // The user's cache failed: as every failure of the call, this reaches the caller through the task.
            return TAdapter.FromTask(Task.FromException<T>(exception));
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
