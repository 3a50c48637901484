using System.Diagnostics;
using Benchmarks.Report;

namespace Benchmarks.Growing;

/// <summary>Costs of one of so many, by name: the least of all rounds, for what else the machine has to do only adds.</summary>
internal sealed class Costs(double perNanosecond = 1)
{
    private readonly Dictionary<string, SortedDictionary<double, double>> _costs = [];

    public IReadOnlyList<Series> Series => [.. _costs.Select(cost => new Series(cost.Key, [.. cost.Value.Select(Point)]))];

    public void Add(string name, int number, double cost)
    {
        if (!_costs.TryGetValue(name, out var costs))
        {
            _costs.Add(name, costs = []);
        }

        costs[number] = Math.Min(costs.GetValueOrDefault(number, double.MaxValue), cost / number);
    }

    public void Time(string name, int number, Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        Add(name, number, Stopwatch.GetElapsedTime(start).TotalNanoseconds * perNanosecond);
    }

    private static Point Point(KeyValuePair<double, double> cost) => new(cost.Key, cost.Value);
}
