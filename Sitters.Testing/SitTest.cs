using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Sitters.Testing.Events;
using Sitters.Testing.Moving;

namespace Sitters.Testing;

/// <summary>
/// A test with a clock of its own: the sat calls in it are controlled apart from all others, and their limits, waits and caches go by that clock.
/// Any number of tests may run at the same time.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Run(Func{Task})"/> moves the clock until a call is done. Time passes at once where all calls of the test wait for the clock alone:
/// between two attempts, in a pause, at a <c>Task.Delay</c> on <see cref="Clock"/>. Where one waits for anything else, a limit ends it only
/// when nothing of the test has moved for <see cref="SitTestOptions.Patience"/>. While code of the test runs, the clock stands still.
/// </para>
/// <para>Without Run the clock stands still until the test moves it by itself.</para>
/// </remarks>
public sealed partial class SitTest : IDisposable, IAsyncDisposable
{
    /// <summary>How long calls that were left running may take to end, in real time.</summary>
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(5);

    private readonly SitTestOptions _options;
    private readonly Presence _presence = new();
    private readonly MovedClock _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly Recorder _recorder;
    private readonly Mover _mover;
    private readonly IDisposable _observation;

    /// <summary>Completes when nothing of a test that has ended runs any more; null before its end.</summary>
    private Task? _end;

    private SitTest(SitTestOptions options)
    {
        _options = options;
        _clock = new MovedClock(options.StartAt ?? new FakeTimeProvider().Start, _presence);
        _startedAt = _clock.GetUtcNow();
        Scope = SitterScope.Begin(new SitterScopeOptions { Name = options.Name, TimeProvider = _clock });
        _recorder = new Recorder(Scope, () => Elapsed, _presence.Note);
        _mover = new Mover(Scope, _clock, _presence);
        _observation = Sitter.Observe(_recorder);
        _presence.Enter();
    }

    /// <summary>The test's scope: pauses, resumes, restarts and cancels its calls.</summary>
    public SitterScope Scope { get; }

    /// <summary>The test's clock, which stands still until <c>Run</c> or the test moves it. Pass it to <c>Task.Delay</c> and to fakes.</summary>
    public FakeTimeProvider Clock => _clock;

    /// <summary>How long the test has gone on, by its clock.</summary>
    public TimeSpan Elapsed => _clock.GetUtcNow() - _startedAt;

    /// <summary>All calls that have begun in the test, in that order, those that have ended too. A snapshot.</summary>
    public IReadOnlyList<SitContext> Calls => _recorder.Calls;

    /// <summary>All that has happened to the calls of the test, in that order. A snapshot.</summary>
    public IReadOnlyList<SitTestEvent> Events => _recorder.Events;

    /// <summary>Begins a test: from here on the code that runs, and what it starts, is in it, until it is disposed of.</summary>
    /// <param name="options">How it handles its clock.</param>
    /// <returns>The test.</returns>
    public static SitTest Begin(SitTestOptions? options = null) => new(options ?? new SitTestOptions());

    /// <summary>Fails if a call of the test still runs.</summary>
    /// <exception cref="SitTestException">A call still runs: the message says where it stands.</exception>
    public void EnsureNothingRuns()
    {
        if (Scope.ActiveCalls.Count > 0)
        {
            throw new SitTestException($"Calls of the test still run.{Environment.NewLine}{Places.Of(Scope)}");
        }
    }

    /// <summary>
    /// Leaves the test. Calls that still run are cancelled, and told: by an event, and by a warning in the trace. It does not wait for their end, and
    /// throws nothing, so that it never hides why a test has failed; see <see cref="EnsureNothingRuns"/>.
    /// </summary>
    public void Dispose() => End();

    /// <summary>The same, and waits until the calls that were cancelled have ended, but no longer than 5 seconds.</summary>
    /// <returns>A task that completes then.</returns>
    public ValueTask DisposeAsync() => new(End());

    private Task End()
    {
        // Not async: what leaves the scope must do so in the flow of who calls it.
        if (_end is { } end)
        {
            return end;
        }

        _presence.Leave();
        var left = Scope.ActiveCalls;
        foreach (var call in left)
        {
            _recorder.LeftRunning(call, Places.Of(call));
        }

        if (left.Count == 0)
        {
            _observation.Dispose();
            Scope.Dispose();
            return _end = Task.CompletedTask;
        }

        Trace.TraceWarning($"A test has ended while {left.Count} of its calls still ran; they were cancelled.{Environment.NewLine}{Places.Of(Scope)}");
        Scope.Cancel(new SitControl { Reason = "the test has ended" });
        Scope.Dispose();
        return _end = Farewell();
    }

    /// <summary>What was cancelled may have to wait: nobody else moves its clock now.</summary>
    private async Task Farewell()
    {
        using (_observation)
        {
            await _mover.MoveUntil(Scope.WhenIdle(), TimeSpan.Zero, _farewell).ConfigureAwait(false);
        }
    }
}
