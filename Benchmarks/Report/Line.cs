namespace Benchmarks.Report;

/// <summary>One line of the table: how a subject does beside something else. Ratios, for times belong to the machine.</summary>
/// <param name="Case">The case it belongs to; lines of one case stand together.</param>
/// <param name="Subject">What is measured.</param>
internal sealed record Line(string Case, string Subject)
{
    /// <summary>What the subject takes, as a multiple of what it stands beside.</summary>
    public double? Times { get; init; }

    /// <summary>The most that it may take; none where the line is there for comparison only.</summary>
    public double? MostTimes { get; init; }

    /// <summary>What the subject allocates, or keeps alive.</summary>
    public double? Bytes { get; init; }

    /// <summary>The most bytes that it may.</summary>
    public double? MostBytes { get; init; }

    /// <summary>Whether the bytes are those beyond what it stands beside.</summary>
    public bool AreBytesAdded { get; init; }

    /// <summary>What was read off the clock here, for whoever wants to judge the ratio.</summary>
    public string Took { get; init; } = "";

    public bool HasTarget => MostTimes is not null || MostBytes is not null;

    public string Verdict
    {
        get
        {
            if (!HasTarget)
            {
                return "";
            }

            var inTime = MostTimes is not { } mostTimes || Times <= mostTimes;
            var inBytes = MostBytes is not { } mostBytes || Bytes <= mostBytes;
            return (inTime, inBytes) switch
            {
                (true, true) => "met",
                (true, false) => MostTimes is null ? "missed" : "missed: bytes",
                (false, true) => MostBytes is null ? "missed" : "missed: time",
                _ => "missed",
            };
        }
    }
}
