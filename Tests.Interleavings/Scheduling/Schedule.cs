using System.Globalization;

namespace Tests.Interleavings.Scheduling;

/// <summary>
/// The choices of a run that differ from what happens by itself, as text: <c>17>2 40>0</c> is "at point 17 thread 2 goes on, and at point 40
/// thread 0".
/// </summary>
internal sealed class Schedule
{
    private readonly SortedDictionary<int, int> _choices = [];

    public bool IsEmpty => _choices.Count == 0;

    public int Count => _choices.Count;

    /// <exception cref="FormatException">It is not a schedule.</exception>
    public static Schedule Parse(string text)
    {
        var schedule = new Schedule();
        foreach (var choice in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = choice.Split('>');
            if (parts.Length != 2)
            {
                throw new FormatException($"'{choice}' is not 'point>thread'.");
            }

            schedule.Add(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        return schedule;
    }

    public void Add(int point, int thread) => _choices[point] = thread;

    public int? At(int point) => _choices.TryGetValue(point, out var thread) ? thread : null;

    public override string ToString() => string.Join(' ', _choices.Select(choice => $"{choice.Key}>{choice.Value}"));
}
