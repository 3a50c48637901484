namespace Tests.Interleavings.Scheduling;

/// <summary>How much of what each thread has done happened before something (a vector clock).</summary>
internal sealed class Clock
{
    private int[] _counts;

    public Clock() => _counts = new int[8];

    private Clock(int[] counts) => _counts = counts;

    public int this[int thread] => thread < _counts.Length ? _counts[thread] : 0;

    public int Count(int thread)
    {
        if (thread >= _counts.Length)
        {
            Array.Resize(ref _counts, thread + 8);
        }

        return ++_counts[thread];
    }

    /// <summary>What happened before that happened before this too.</summary>
    public void Join(Clock other)
    {
        if (other._counts.Length > _counts.Length)
        {
            Array.Resize(ref _counts, other._counts.Length);
        }

        for (var i = 0; i < other._counts.Length; i++)
        {
            _counts[i] = Math.Max(_counts[i], other._counts[i]);
        }
    }

    public Clock Copy() => new([.. _counts]);
}
