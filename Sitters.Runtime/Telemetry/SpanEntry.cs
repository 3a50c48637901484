using System.Diagnostics;

namespace Sitters.Runtime.Telemetry;

/// <summary>Until it is disposed of, a span is the current one of the code that runs: also where the ExecutionContext did not bring it there.</summary>
internal readonly ref struct SpanEntry
{
    private readonly Activity? _before;
    private readonly bool _hasEntered;

    public SpanEntry(Span? span)
    {
        if (span is { HasEnded: false } && Activity.Current is var before && before != span.Activity)
        {
            _before = before;
            _hasEntered = true;
            Spans.SetCurrent(span.Activity);
        }
    }

    public void Dispose()
    {
        if (_hasEntered)
        {
            Spans.SetCurrent(_before);
        }
    }
}
