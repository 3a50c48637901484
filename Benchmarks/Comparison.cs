using BenchmarkDotNet.Reports;

namespace Benchmarks;

/// <summary>One line of the table: how a subject does beside something else.</summary>
/// <param name="Case">The case it belongs to; lines of one case stand together.</param>
/// <param name="Subject">What is measured.</param>
/// <param name="Against">What it is measured beside.</param>
internal sealed record Comparison(string Case, Figure Subject, Figure Against)
{
    /// <summary>The most that the subject may take, as a multiple of the other; none where the line is there for comparison only.</summary>
    public double? Times { get; init; }

    /// <summary>Where set, not the whole times are compared but what each adds to this.</summary>
    public Figure? Plain { get; init; }

    /// <summary>What the bytes are counted beside; none where they are counted in full.</summary>
    public Figure? BytesBeside { get; init; }

    /// <summary>The most bytes that the subject may allocate.</summary>
    public long? Bytes { get; init; }
}

/// <summary>A benchmark, and its results once it has run.</summary>
internal sealed record Figure(Type Type, string Method)
{
    public static Figure Of<T>(string method) => new(typeof(T), method);

    public Measured? In(IEnumerable<Summary> summaries) =>
        summaries.SelectMany(summary => summary.Reports)
            .Where(report => report.BenchmarkCase.Descriptor.Type == Type && report.BenchmarkCase.Descriptor.WorkloadMethod.Name == Method)
            .Select(report => report.ResultStatistics is { } statistics
                ? new Measured(statistics.Q1, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0)
                : null)
            .FirstOrDefault();
}

/// <summary>
/// What an operation takes and allocates. What else the machine has to do only ever adds time, so the lower quartile stands for it.
/// </summary>
internal sealed record Measured(double Nanoseconds, long Bytes);
