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
            return cache.TryGetOwn(method, hash, out var entry)
                ? TAdapter.FromEntry(entry!)
                : Miss<TMethod, TTask, TAdapter, T>(plan, cache, hash, ref method);
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
