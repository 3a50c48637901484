using Sitters;

namespace Interleaved;

/// <summary>One run of a scenario: a call, and what happens to it meanwhile. The tests find it by its name.</summary>
public sealed class Scenario
{
    private static readonly Subject _subject = new();

    // The bits of a variation.
    private const int SecondWaits = 1;
    private const int Unflowed = 2;
    private const int Watched = 4;
    private const int Streamed = 8;

    private readonly string[] _events;
    private readonly Stage _stage;
    private readonly Target _target;
    private readonly Events _happening;
    private readonly Consumer _consumer;
    private readonly Watch? _watch;
    private Task<int>? _call;
    private Task? _caller;
    private Task<int>? _again;
    private IReadOnlyList<string> _hooks = [];
    private int _returnedAt = int.MaxValue;

    private Scenario(string[] events, int variation)
    {
        SubjectsName = NameOf(events, variation);
        _events = events;
        _stage = new Stage
        {
            HasHelper = Has(Events.HelpersEnd),
            GivesToken = Has(Events.TokenSettled),
            EndHooksWait = Has(Events.HookFailure),
            EndsAtOnce = (variation & SecondWaits) == 0,
            IsWatched = (variation & Watched) != 0,
            MayHaveTwoCalls = SubjectsName == nameof(Subject.Cached),
        };
        _subject.Stage = _stage;
        _target = new Target(_subject, _stage, Has(Events.ScopeDisposed));
        _happening = new Events(_stage, _target);
        _consumer = new Consumer(_stage);
        Sitter.TimeProvider = _stage.Clock;
        _watch = _stage.IsWatched ? new Watch(_stage) : null;
    }

    private string SubjectsName { get; }

    /// <summary>What can happen to a call.</summary>
    public static string[] EventNames => [.. Events.All];

    /// <summary>A new run.</summary>
    /// <param name="events">What happens, each on a thread of its own.</param>
    /// <param name="variation">
    /// Bit 0: the second await of the body finds nothing completed. Bit 1: a bare call travels through woven code only. Bit 2: an observer and
    /// a listener of the meters are told of it. Bit 3: it is a stream.
    /// </param>
    /// <returns>
    /// The threads, the caller's first; what is done one after another when they have come to rest, to end everything; and what is wrong then,
    /// if anything is.
    /// </returns>
    public static (Action[] Threads, Action[] Closing, Func<string?> Verdict) Create(string[] events, int variation)
    {
        var scenario = new Scenario(events, variation);
        return ([scenario.Call, .. events.Select(name => (Action)(() => scenario._happening.Happen(name)))], [scenario.Close, scenario.CallAgain], scenario.Verdict);
    }

    /// <summary>The variations that are not the same as one before, for some events.</summary>
    public static int[] Forms(string[] events) =>
        [.. Enumerable.Range(0, 2 * Streamed).DistinctBy(variation => (NameOf(events, variation), variation & (SecondWaits | Watched)))];

    private static string NameOf(string[] events, int variation)
    {
        bool Has(string name) => Array.IndexOf(events, name) >= 0;
        return (variation & Streamed) != 0 ? nameof(Subject.Streamed)
            : Has(Events.JoinerLeaving) ? nameof(Subject.Cached)
            : Has(Events.HookFailure) ? nameof(Subject.Hooked)
            : Has(Events.Timeout) || Has(Events.AttemptTimeout) ? nameof(Subject.Limited)
            : (variation & Unflowed) == 0 ? nameof(Subject.Bare) : nameof(Subject.Unflowed);
    }

    private bool Has(string name) => Array.IndexOf(_events, name) >= 0;

    private void Call()
    {
        _target.Begin();
        Contexts.EnterCaller(_stage);
        _stage.CalledAt = _stage.Tick();
        var token = Has(Events.CallersCancel) || _stage.IsWatched ? _target.Callers.Token : default;
        _call = SubjectsName switch
        {
            nameof(Subject.Bare) => _subject.Bare(token),
            nameof(Subject.Unflowed) => _subject.Unflowed(token),
            nameof(Subject.Limited) => _subject.Limited(token),
            nameof(Subject.Hooked) => _subject.Hooked(token),
            nameof(Subject.Streamed) => _consumer.Read(_subject.Streamed(), token),
            _ => _subject.Cached(token),
        };
        _returnedAt = _stage.Tick();
        Contexts.CheckCaller(_stage, "with the task");
        _caller = GoOn(_call);
    }

    /// <summary>As the caller does when the call has ended.</summary>
    private async Task GoOn(Task<int> call)
    {
        try
        {
            await call;
        }
        catch (Exception)
        {
            // What it is, the verdict says.
        }

        Contexts.CheckCaller(_stage, "after the call");
        if (_stage is { IsWatched: true, MayHaveTwoCalls: false } && _target.ActiveCalls.Count > 0)
        {
            _stage.Faults.Add("the caller goes on while its call is active");
        }
    }

    /// <summary>Nothing happens by itself any more. What was ordered must have come to the call; then whatever it waits for ends.</summary>
    private void Close()
    {
        CheckRest();
        _stage.Close();
        _stage.EndPause(_target.Resume);
        _target.SwapBack();
    }

    /// <summary>What comes back now is what the call has left in the cache, or else new.</summary>
    private void CallAgain()
    {
        _hooks = [.. _stage.Hooks];
        if (SubjectsName == nameof(Subject.Cached))
        {
            _again = _subject.Cached();
        }
    }

    private void CheckRest()
    {
        var isInHooks = _stage is { EndHooksWait: true, EndHooksGate.Task.IsCompleted: false, Hooks: [.., "completion" or "exception" or "timeout" or "cancellation"] };
        if (_call!.IsCompleted || _target.IsPaused || isInHooks)
        {
            return;
        }

        if (_stage.Live is not { } live)
        {
            _stage.Faults.Add("at rest: nothing of the call runs, and it has not ended");
            return;
        }

        // The call may be one that the joiner begins, and then has begun only when that one has its task too.
        var begun = Math.Max(_returnedAt, _target.JoinedAt);
        var isSettling = _stage.GivesToken && live.Operation.HasFired;
        if (!isSettling)
        {
            CheckCame(Events.Cancel, begun);
            CheckCame(Events.CallersCancel, 0);
            if (SubjectsName != nameof(Subject.Streamed) || !live.HasPassed("first"))
            {
                // What was handed out can't be taken back.
                CheckCame(Events.Restart, begun, live);
            }

            if (!Has(Events.Pause))
            {
                // Of a stream it is the limit of one item.
                CheckCame(Events.AttemptTimeout, Math.Max(begun, live.WentOnAt), live);
                if (!Has(Events.Restart))
                {
                    CheckCame(Events.Timeout, begun);
                }
            }
        }

        if (live.FirstHasEnded && !live.HasPassed("first"))
        {
            _stage.Faults.Add("at rest: what the call awaits has completed, and it has not gone on");
        }

        if (SubjectsName == nameof(Subject.Streamed) && live.HasPassed("first") && live.Given == 0)
        {
            _stage.Faults.Add("at rest: the stream has an item, and its consumer has not come back for the next");
        }
    }

    /// <summary>What has come after a time must have ended the call, or the attempt that it found.</summary>
    private void CheckCame(string name, int after, Attempt? live = null)
    {
        if (_happening.Found(name) is { } order && order.At > after && (live is null || order.Live == live))
        {
            _stage.Faults.Add($"at rest: {name} has not come to the call");
        }
    }

    private string? Verdict()
    {
        var faults = _stage.Faults;
        Verdicts.OfOutcome(_call!, _stage, Has, _consumer.HasLeft, faults);
        if (!_caller!.IsCompletedSuccessfully)
        {
            faults.Add("the caller has not gone on");
        }

        Verdicts.OfAttempts(_stage, faults);
        if (SubjectsName is nameof(Subject.Hooked) or nameof(Subject.Cached) or nameof(Subject.Streamed))
        {
            Verdicts.OfHooks(_call!, _stage, _hooks, _consumer.HasLeft, faults);
        }

        if (SubjectsName == nameof(Subject.Streamed))
        {
            Verdicts.OfStream(_call!, _stage, _consumer, faults);
        }

        if (_again is not null)
        {
            Verdicts.OfCache(_again, _stage, faults);
            Sitter.ClearCaches();
        }

        Verdicts.OfRemains(_target, _stage, faults);
        if (_target.Joined is { IsCompleted: false })
        {
            faults.Add("the joiner's task has not ended");
        }

        _ = _target.Joined?.Exception;
        _watch?.Judge(
            _stage.MayHaveTwoCalls || _consumer.HasLeft ? null : Verdicts.EndOf(_call!),
            SubjectsName == nameof(Subject.Streamed) || !_call!.IsCompletedSuccessfully ? null : _call.Result);
        _watch?.Dispose();
        return faults.Count == 0 ? null : string.Join("; ", faults);
    }
}
