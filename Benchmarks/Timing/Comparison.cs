using BenchmarkDotNet.Reports;
using Benchmarks.Report;

namespace Benchmarks.Timing;

/// <summary>How a benchmark does beside another one.</summary>
/// <param name="Case">The case it belongs to.</param>
/// <param name="Name">What is measured, in words.</param>
/// <param name="Subject">What is measured.</param>
/// <param name="Against">What it is measured beside.</param>
internal sealed record Comparison(string Case, string Name, Figure Subject, Figure Against)
{
    /// <summary>The most that the subject may take, as a multiple of the other; none where the line is there for comparison only.</summary>
    public double? Times { get; init; }

    /// <summary>Where set, what the subject takes more than this is compared, not all of it.</summary>
    public Figure? SubjectBeyond { get; init; }

    /// <summary>Where set, what the other takes more than this.</summary>
    public Figure? AgainstBeyond { get; init; }

    /// <summary>What the bytes are counted beside; none where they are counted in full.</summary>
    public Figure? BytesBeside { get; init; }

    /// <summary>The most bytes that the subject may allocate.</summary>
    public long? Bytes { get; init; }

    /// <summary>The line of the table, once its benchmarks have run.</summary>
    public Line? In(IReadOnlyCollection<Summary> summaries)
    {
        if (Subject.In(summaries) is not { } subject || Against.In(summaries) is not { } against)
        {
            return null;
        }

        var took = subject.Nanoseconds - (SubjectBeyond?.In(summaries)?.Nanoseconds ?? 0);
        var beside = against.Nanoseconds - (AgainstBeyond?.In(summaries)?.Nanoseconds ?? 0);
        return new Line(Case, Name)
        {
            Times = took / beside,
            MostTimes = Times,
            Bytes = subject.Bytes - (BytesBeside?.In(summaries)?.Bytes ?? 0),
            AreBytesAdded = BytesBeside is not null,
            MostBytes = Bytes,
            Took = Duration.Text(subject.Nanoseconds, against.Nanoseconds),
        };
    }
}

/// <summary>A benchmark, and its results once it has run.</summary>
internal sealed record Figure(Type Type, string Method)
{
    public static Figure Of<T>(string method) => new(typeof(T), method);

    public Operation? In(IEnumerable<Summary> summaries) =>
        summaries.SelectMany(summary => summary.Reports)
            .Where(report => report.BenchmarkCase.Descriptor.Type == Type && report.BenchmarkCase.Descriptor.WorkloadMethod.Name == Method)
            .Select(report => report.ResultStatistics is { } statistics
                ? new Operation(statistics.Percentiles.Percentile(10), report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0)
                : null)
            .FirstOrDefault();
}

/// <summary>
/// What an operation takes and allocates. What else the machine has to do only ever adds time, so the tenth percentile of the rounds stands for it.
/// </summary>
internal sealed record Operation(double Nanoseconds, long Bytes);
