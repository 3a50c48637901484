namespace Tests.Interleavings.Scheduling;

/// <summary>
/// What a thread does after what it did at a point, before it comes to the next one: the numbers of the places, whose objects are others in
/// each run.
/// </summary>
internal sealed class Step
{
    private readonly HashSet<int> _numbers = [];

    public void Add(int number) => _numbers.Add(number);

    public bool Meets(int number) => _numbers.Contains(number);
}
