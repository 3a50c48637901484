using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Caching;

/// <summary>The life of a call with a cache: a hit ends it here; a miss begins a call, or joins the one that is under way.</summary>
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
            var flight = cache.Join(key, store, Create, out var entry, out var isNew);
            if (flight is null)
            {
                return TAdapter.FromEntry(entry!);
            }

            var waiter = flight.Join(plan.TokenCount == 0 ? [] : Tokens<TMethod, TTask>(plan, ref method), isNew);
            return waiter is null ? Miss<TMethod, TTask, TAdapter, T>(plan, cache, ref method) : TAdapter.FromTask(waiter);

            Flight<T> Create()
            {
                var life = FastPath.Begin<TMethod, TTask, TAdapter, T>(plan, ref call, isShared: true);
                var created = new Flight<T>(life, abandoned => cache.Leave(key, abandoned));
                life.OnDelivered = () => created.HasToldAll;
                life.OnEnding = (completed, result) =>
                {
                    try
                    {
                        if (completed)
                        {
                            store.Set(key, result!);
                        }
                    }
                    finally
                    {
                        cache.Leave(key, created);
                    }
                };
                return created;
            }
        }
        catch (Exception exception)
        {
            // The user's cache failed: like every failure of the call, its caller meets it in the task.
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
