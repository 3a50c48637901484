using System.Runtime.CompilerServices;

namespace Sitters.Runtime;

/// <summary>What one thread is running, and what it keeps for reuse.</summary>
/// <remarks>All slots are known, so that calls can be seen which have not yet suspended and are in no list.</remarks>
internal sealed class ThreadSlot
{
    private static readonly List<WeakReference<ThreadSlot>> _all = [];

    [ThreadStatic]
    private static ThreadSlot? _mine;

    private Scope? _freeScope;
    private HelperFrame? _freeHelper;

    /// <summary>What the running method awaits has completed, and it is about to suspend all the same.</summary>
    public bool AwaitsCompleted;

    /// <summary>The frame whose code the thread is in. Other threads read it.</summary>
    public Frame? Current;

    public static ThreadSlot? Existing => _mine;

    public static ThreadSlot Mine => _mine ?? Create();

    public static IReadOnlyList<Frame> RunningFrames()
    {
        // Threads write their slot without a fence, as it is done in each call; who looks from outside pays for both.
        Interlocked.MemoryBarrierProcessWide();
        var frames = new List<Frame>();
        lock (_all)
        {
            foreach (var weak in _all)
            {
                if (weak.TryGetTarget(out var slot) && slot.Current is { } frame)
                {
                    frames.Add(frame);
                }
            }
        }

        return frames;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Scope RentScope(Plan plan)
    {
        var scope = _freeScope;
        if (scope is null)
        {
            return new Scope(plan);
        }

        _freeScope = Unsafe.As<Scope?>(scope.Parent);
        if (scope.Plan != plan)
        {
            scope.Plan = plan;
        }

        return scope;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Scope scope)
    {
        // Only a scope that nobody else can hold comes here: it never suspended and was never shown.
        scope.Reopen();
        scope.Parent = _freeScope;
        _freeScope = scope;
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
