using System.Runtime.CompilerServices;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Gating;

/// <summary>What one thread is running, and what it keeps for reuse.</summary>
/// <remarks>All slots are known, so that calls can be seen which have not yet suspended and are in no list.</remarks>
internal sealed class ThreadSlot
{
    private static readonly List<WeakReference<ThreadSlot>> _all = [];

    [ThreadStatic]
    private static ThreadSlot? _mine;

    /// <summary>A scope for each depth of unflowed calls inside each other: they begin and end like brackets.</summary>
    private Scope?[] _scopes = new Scope?[4];
    private int _depth;
    private HelperFrame? _freeHelper;

    /// <summary>The frame whose code the thread is in. Other threads read it.</summary>
    public Frame? Current;

    /// <summary>Whose body the runtime is about to call; null all other times.</summary>
    public Plan? Entering;

    public static ThreadSlot? Existing => _mine;

    public static ThreadSlot Mine => _mine ?? Create();

    /// <summary>The scopes whose code threads are in, also further down on their stacks.</summary>
    public static IReadOnlyList<Scope> RunningScopes()
    {
        // Threads write their slot without a fence, as it is done in each call; who looks from outside pays for both.
        Interlocked.MemoryBarrierProcessWide();
        var scopes = new List<Scope>();
        lock (_all)
        {
            foreach (var weak in _all)
            {
                if (weak.TryGetTarget(out var slot))
                {
                    scopes.AddRange(slot.ReadScopes());
                }
            }
        }

        return scopes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Scope RentScope(Plan plan)
    {
        var scopes = _scopes;
        var depth = _depth;
        if ((uint)depth >= (uint)scopes.Length || scopes[depth] is not { } scope)
        {
            return MakeScope(plan);
        }

        _depth = depth + 1;
        if (scope.Plan != plan)
        {
            scope.Plan = plan;
        }

        return scope;
    }

    /// <summary>The first stretch of the call that rented the scope is over.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="hasEnded">Whether the call is over too, unseen.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Scope scope, bool hasEnded)
    {
        _depth--;
        if (!hasEnded || scope.HasEnded)
        {
            // Somebody else may hold it: it suspended, or was shown.
            _scopes[_depth] = null;
            return;
        }

        if (scope.Parent is not null)
        {
            scope.Parent = null;
        }
    }

    /// <summary>The thread goes back to what it was in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Restore(Frame? outer)
    {
        if (outer is null)
        {
            // Unlike the store of a reference, that of a null takes no write barrier.
            Current = null;
        }
        else
        {
            Current = outer;
        }
    }

    public HelperFrame RentHelper()
    {
        var frame = _freeHelper;
        if (frame is null)
        {
            return new HelperFrame();
        }

        _freeHelper = (HelperFrame?)frame.Previous;
        return frame;
    }

    public void Return(HelperFrame frame)
    {
        frame.Clear();
        frame.Previous = _freeHelper;
        _freeHelper = frame;
    }

    /// <summary>Reads until nothing has changed meanwhile: the thread goes on, and frames that are done with are emptied and used again.</summary>
    private List<Scope> ReadScopes()
    {
        List<Scope> before;
        var now = ReadScopesOnce();
        do
        {
            before = now;
            now = ReadScopesOnce();
        }
        while (!now.SequenceEqual(before) || now.FirstOrDefault() == Scope.None);
        return now;
    }

    private List<Scope> ReadScopesOnce()
    {
        var scopes = new List<Scope>();
        for (var frame = Volatile.Read(ref Current); frame is not null;)
        {
            var scope = Volatile.Read(ref frame.Scope);
            if (scopes.Contains(scope))
            {
                // The call was shared, and its first caller's frame is used again inside it.
                break;
            }

            scopes.Add(scope);
            frame = Volatile.Read(ref scope.Parent);
        }

        return scopes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Scope MakeScope(Plan plan)
    {
        if (_depth == _scopes.Length)
        {
            Array.Resize(ref _scopes, _depth * 2);
        }

        return _scopes[_depth++] = new Scope(plan);
    }

    private static ThreadSlot Create()
    {
        var slot = new ThreadSlot();
        lock (_all)
        {
            _all.RemoveAll(weak => !weak.TryGetTarget(out _));
            _all.Add(new WeakReference<ThreadSlot>(slot));
        }

        return _mine = slot;
    }
}
