namespace Sitters.Runtime.Plans;

/// <summary>The plans that were made, for whoever looks at the process from outside.</summary>
/// <remarks>They are not kept: an assembly that can be unloaded must not be held by its plans.</remarks>
internal static class KnownPlans
{
    private static readonly object _lock = new();

    // Guarded by the lock.
    private static readonly List<WeakReference<Plan>> _plans = [];
    private static int _cleanedAt = 64;

    public static void Add(Plan plan)
    {
        lock (_lock)
        {
            if (_plans.Count >= _cleanedAt)
            {
                _plans.RemoveAll(static weak => !weak.TryGetTarget(out _));
                _cleanedAt = Math.Max(64, 2 * _plans.Count);
            }

            _plans.Add(new WeakReference<Plan>(plan));
        }
    }

    public static IReadOnlyList<Plan> All()
    {
        var plans = new List<Plan>();
        lock (_lock)
        {
            foreach (var weak in _plans)
            {
                if (weak.TryGetTarget(out var plan))
                {
                    plans.Add(plan);
                }
            }
        }

        return plans;
    }
}
