using System.Text;
using System.Text.RegularExpressions;
using Sitters;

namespace Interleaved;

/// <summary>What an observer and the meters are told in one run, and what must hold of it.</summary>
internal sealed partial class Watch : SitObserver, IDisposable
{
    private readonly Stage _stage;
    private readonly IDisposable _observing;
    private readonly Dictionary<SitContext, StringBuilder> _told = [];
    private readonly Dictionary<SitContext, (SitState State, DateTimeOffset? StoppedAt, object? Result)> _ends = [];
    private readonly Dictionary<string, long> _sums = [];
    private readonly List<string> _outcomes = [];

    public Watch(Stage stage)
    {
        _stage = stage;
        _observing = Sitter.Observe(this);
        Meters.Begin(this);
    }

    /// <summary>Restarts, each with some attempts before it; some attempts; one end. A wait between two attempts may be cut short.</summary>
    [GeneratedRegex("^S((A(RA)*R?)?X)*(A(RA)*R?)?E$")]
    private static partial Regex InOrder { get; }

    [GeneratedRegex("^(PU)*P?$")]
    private static partial Regex PausesInOrder { get; }

    /// <summary>What is told of a call at any time between its beginning and its end, and then what may also be told later.</summary>
    [GeneratedRegex("^S[^S]*E[HG]*$")]
    private static partial Regex BetweenItsEnds { get; }

    public override void Started(SitContext call) => Tell(call, 'S');

    public override void Attempting(SitContext call) => Tell(call, 'A');

    public override void Retrying(SitContext call, Exception? exception) => Tell(call, 'R');

    public override void Paused(SitContext call) => Tell(call, 'P');

    public override void Resumed(SitContext call) => Tell(call, 'U');

    public override void Interrupted(SitContext call) => Tell(call, 'I');

    public override void Restarted(SitContext call) => Tell(call, 'X');

    public override void HookFailed(SitContext call, Exception exception) => Tell(call, 'H');

    public override void GraceOverrun(SitContext call) => Tell(call, 'G');

    public override void Ended(SitContext call)
    {
        Tell(call, 'E');
        _ends.TryAdd(call, (call.State, call.StoppedAt, call.Result));
    }

    public void Measure(string instrument, long measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Order.Note(_stage);
        _sums[instrument] = Sum(instrument) + measured;
        foreach (var tag in tags)
        {
            if (tag.Key == SitterDiagnostics.CallOutcomeTag)
            {
                _outcomes.Add((string)tag.Value!);
            }
        }
    }

    /// <summary>What was told of each call is in order, and all that told of it agree.</summary>
    /// <param name="end">How the one call has ended for its caller; null where that need not be its end, or there may be two calls.</param>
    /// <param name="result">What the caller has got; null where it is no result of the call.</param>
    public void Judge(SitState? end, int? result)
    {
        foreach (var (context, told) in _told)
        {
            Judge(context, told.ToString());
        }

        if (_told.Count == 0)
        {
            Fault("no observer was told of the call");
        }
        else if (end is not null && _told.Count == 1)
        {
            var call = _told.Keys.Single();
            if (call.State != end || !Equals(call.Result, result))
            {
                Fault($"the context of the call has {call.State} and {call.Result}, its caller {end} and {result}");
            }
        }

        Balance(SitterDiagnostics.CallActive, 0);
        Balance(SitterDiagnostics.CallPaused, 0);
        Balance(SitterDiagnostics.CallStarted, _told.Count);
        Balance(SitterDiagnostics.CallDuration, _told.Count);
        Balance(SitterDiagnostics.AttemptDuration, Count('A'));
        Balance(SitterDiagnostics.Retries, RetriesThatBegan());
        Balance(SitterDiagnostics.Interrupts, Count('I'));
        Balance(SitterDiagnostics.HookFailures, Count('H'));
        var ends = string.Join(", ", _ends.Keys.Select(context => Outcome(context.State)).Order(StringComparer.Ordinal));
        var metered = string.Join(", ", _outcomes.Order(StringComparer.Ordinal));
        if (ends != metered)
        {
            Fault($"by the meters the calls are {metered}, by their contexts {ends}");
        }
    }

    public void Dispose()
    {
        Meters.End();
        _observing.Dispose();
    }

    private void Judge(SitContext context, string told)
    {
        if (!BetweenItsEnds.IsMatch(told)
            || !InOrder.IsMatch(Only(told, "SARXE"))
            || !PausesInOrder.IsMatch(Only(told, "PU"))
            || told.Count(event_ => event_ == 'X') > told.Count(event_ => event_ == 'I'))
        {
            Fault($"a call was observed as {told}");
        }

        if (_ends.TryGetValue(context, out var end)
            && (Outcome(end.State) is "" || end.StoppedAt is null || !end.Equals((context.State, context.StoppedAt, context.Result)) || context.Waits.Count > 0))
        {
            Fault($"the context of a call that has ended says {end}, and later {context.State}, {context.StoppedAt}, {context.Result}");
        }
    }

    private void Tell(SitContext call, char what)
    {
        Order.Note(_stage);
        if (!_told.TryGetValue(call, out var told))
        {
            _told.Add(call, told = new StringBuilder());
        }

        told.Append(what);
    }

    private long Sum(string instrument) => _sums.GetValueOrDefault(instrument);

    private int Count(char what) => _told.Values.Sum(told => told.ToString().Count(event_ => event_ == what));

    /// <summary>An attempt that follows another: not one that was to, and had not begun when the call was interrupted.</summary>
    private int RetriesThatBegan() => _told.Values.Sum(told => Regex.Count(Only(told.ToString(), "SARXE"), "RA"));

    private void Balance(string instrument, long expected)
    {
        if (Sum(instrument) != expected)
        {
            Fault($"{instrument} is {Sum(instrument)}, not {expected}: observed was {string.Join(", ", _told.Values)}");
        }
    }

    private void Fault(string what) => _stage.Faults.Add(what);

    private static string Only(string told, string events) => string.Concat(told.Where(events.Contains));

    private static string Outcome(SitState state) => state switch
    {
        SitState.Completed => "completed",
        SitState.Failed => "failed",
        SitState.TimedOut => "timed_out",
        SitState.Cancelled => "cancelled",
        _ => "",
    };
}
