using System.Runtime.CompilerServices;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Gating;

/// <summary>What one thread is running, and what it keeps for reuse.</summary>
/// <remarks>
/// A list holds the slots of all threads: through it, calls are found that have not yet suspended and are in no registry. Only the
/// thread itself writes to its slot, and only <see cref="Current"/> is read by others.
/// </remarks>
internal sealed class ThreadSlot
{
    /// <summary>Guarded by itself.</summary>
    private static readonly List<WeakReference<ThreadSlot>> _all = [];

    [ThreadStatic]
    private static ThreadSlot? _mine;

    /// <summary>
    /// A scope for each depth of nested unflowed calls, which begin and end like brackets. Four is deeper than most nesting; a deeper one
    /// doubles the array, once per thread.
    /// </summary>
    private Scope?[] _scopes = new Scope?[4];
    private int _depth;
    private HelperFrame? _freeHelper;

    /// <summary>The frame whose code the thread is in. Written without a fence; <see cref="RunningScopes"/> makes up for it.</summary>
    public Frame? Current;

    /// <summary>The plan of the method whose body the runtime is about to call; null at all other times.</summary>
    public Plan? Entering;

    public static ThreadSlot? Existing => _mine;

    public static ThreadSlot Mine => _mine ?? Create();

    /// <summary>The scopes whose code threads are in, also further down on their stacks.</summary>
    public static IReadOnlyList<Scope> RunningScopes()
    {
        // The rare side of the fence protocol (docs/internals/concurrency.md): threads write their slots without a fence, in each call, so
        // the reader pays for both sides.
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

    /// <summary>
    /// The scope whose code each thread is in. Without the fence of <see cref="RunningScopes"/>, so what another thread has done just now
    /// may be missing, and a scope may be in use for another call by the time it is looked at.
    /// </summary>
    public static List<Scope> InnermostScopes()
    {
        var scopes = new List<Scope>();
        lock (_all)
        {
            foreach (var weak in _all)
            {
                if (weak.TryGetTarget(out var slot) && Volatile.Read(ref slot.Current) is { } frame)
                {
                    scopes.Add(Volatile.Read(ref frame.Scope));
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
    /// <param name="hasEnded">Whether the call has ended as well, unobserved.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Scope scope, bool hasEnded)
    {
        _depth--;
        if (!hasEnded || scope.HasEnded)
        {
            // Other code may hold the scope: it suspended, or its context was published.
            _scopes[_depth] = null;
            return;
        }

        if (scope.Parent is not null)
        {
            scope.Parent = null;
        }
    }

    /// <summary>The thread goes back to the frame it was in before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Restore(Frame? outer)
    {
        if (outer is null)
        {
            // Storing null needs no write barrier, unlike storing a reference.
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

    /// <summary>
    /// Reads until two reads agree: the thread keeps running meanwhile, and frames that have ended are cleared and reused.
    /// </summary>
    private List<Scope> ReadScopes()
    {
        List<Scope> before;
        var now = ReadScopesOnce();
        do
        {
            before = now;
            now = ReadScopesOnce();
        }
        while (!AreSame(now, before) || (now.Count > 0 && now[0] == Scope.None));
        return now;
    }

    private static bool AreSame(List<Scope> now, List<Scope> before)
    {
        if (now.Count != before.Count)
        {
            return false;
        }

        for (var i = 0; i < now.Count; i++)
        {
            if (now[i] != before[i])
            {
                return false;
            }
        }

        return true;
    }

    private List<Scope> ReadScopesOnce()
    {
        var scopes = new List<Scope>();
        for (var frame = Volatile.Read(ref Current); frame is not null;)
        {
            var scope = Volatile.Read(ref frame.Scope);
            if (scopes.Contains(scope))
            {
                // The call is shared, and the frame of its first caller was reused inside it.
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

    private static void ForgetEndedLocked() => _all.RemoveAll(static weak => !weak.TryGetTarget(out _));

    private static ThreadSlot Create()
    {
        var slot = new ThreadSlot();
        lock (_all)
        {
            if (_all.Count > 0)
            {
                ForgetEndedLocked();
            }

            _all.Add(new WeakReference<ThreadSlot>(slot));
        }

        return _mine = slot;
    }
}
