using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Stress;

/// <summary>
/// Thousands of short calls under a random stream of everything that the controller can do, from several threads at once. In the end
/// the books must balance.
/// </summary>
[NonParallelizable]
internal sealed partial class ControllerStressTests
{
    private const int Kinds = 12;
    private const int Workers = 4;
    private const int Controllers = 2;
    private static readonly int[] _seeds = [1, 2, 3, 4];
    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(4);

    private readonly ConcurrentBag<string> _surprises = [];
    private readonly Lock _control = new();
    private volatile int _pause;
    private int _pauses;
    private volatile bool _isOver;

    /// <summary>
    /// What may happen to one call: restarts, each with some attempts before it; then one end, which is preceded by a start if it is a
    /// result or a failure.
    /// </summary>
    [GeneratedRegex(
        "^(startup( retry)* restart |restart )*(startup( retry)* (completion|exception|timeout|cancellation)|timeout|cancellation)$")]
    private static partial Regex Life { get; }

    /// <summary>What the hooks of a call may note of its pauses; it may end within the last.</summary>
    [GeneratedRegex("^(pause resume )*pause( resume)?$")]
    private static partial Regex Pauses { get; }

    [TestCaseSource(nameof(_seeds))]
    public async Task the_books_balance_after_a_storm(int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        _surprises.Clear();
        _isOver = false;
        var subject = new StressSubject(seed) { PauseNow = () => _pause };
        var counts = new ConcurrentDictionary<string, int>();
        Sitter.HookFailed += OnHookFailed;
        var unobserved = await Unobserved.After(() => Rage(seed, subject, counts));
        Sitter.HookFailed -= OnHookFailed;

        var books = subject.Books.ToDictionary(book => book.Key, book => string.Join(' ', book.Value));
        var pauses = subject.Pauses.ToDictionary(book => book.Key, book => string.Join(' ', book.Value));
        int Count(string word) => books.Values.Sum(book => book.Split(' ').Count(what => what == word));
        TestContext.Out.WriteLine(
            $"{subject.Started} calls: {Count("completion")} completed, {Count("exception")} failed, {Count("timeout")} timed out, "
            + $"{Count("cancellation")} cancelled; {Count("restart")} restarts, {Count("retry")} retries, "
            + $"{pauses.Count} calls with pauses");
        TestContext.Out.WriteLine(string.Join(", ", counts.OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_surprises, Is.Empty);
            Assert.That(unobserved, Is.Empty);
            Assert.That(Sitter.ActiveCalls, Is.Empty);
            Assert.That(subject.RanWhilePaused, Is.Empty, "ran while paused");
            Assert.That(subject.Open, Is.Zero, "stretches that were not cleaned up");
            Assert.That(books.Where(book => !Life.IsMatch(book.Value)).Select(book => $"{book.Key}: {book.Value}"), Is.Empty);
            Assert.That(Count("completion") + Count("exception") + Count("timeout") + Count("cancellation"), Is.EqualTo(subject.Started));
            Assert.That(books.Keys.Count(call => call.State == SitState.Completed), Is.EqualTo(Count("completion")));
            Assert.That(books.Keys.Count(call => call.State == SitState.Failed), Is.EqualTo(Count("exception")));
            Assert.That(books.Keys.Count(call => call.State == SitState.TimedOut), Is.EqualTo(Count("timeout")));
            Assert.That(books.Keys.Count(call => call.State == SitState.Cancelled), Is.EqualTo(Count("cancellation")));
            Assert.That(books.Keys.Sum(call => call.Restarts), Is.EqualTo(Count("restart")));
            Assert.That(pauses.Where(book => !Pauses.IsMatch(book.Value)).Select(book => $"{book.Key}: {book.Value}"), Is.Empty);
        }
    }

    private async Task Rage(int seed, StressSubject subject, ConcurrentDictionary<string, int> counts)
    {
        var controllers = Enumerable.Range(0, Controllers)
            .Select(i => Task.Factory.StartNew(() => Control(new Random(seed * 100 + i)), TaskCreationOptions.LongRunning)).ToArray();
        var workers = Enumerable.Range(0, Workers)
            .Select(i => Task.Run(() => Work(new Random(seed * 1000 + i), subject, counts))).ToArray();
        await Task.Delay(_duration);
        _isOver = true;
        await Task.WhenAll(controllers);
        Release(Sitter.Resume);
        Release(() => Sitter.Resume(_ => true));
        try
        {
            await Task.WhenAll(workers).WaitAsync(Stage.Patience);
            await Sitter.WhenIdle().WaitAsync(Stage.Patience);
        }
        catch (TimeoutException)
        {
            _surprises.Add("calls that do not end: " + string.Join(", ", Sitter.ActiveCalls));
            Sitter.Cancel();
        }
    }

    private async Task Work(Random random, StressSubject subject, ConcurrentDictionary<string, int> counts)
    {
        while (!_isOver)
        {
            var calls = Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(Kinds + 1) switch
            {
                Kinds => Cached(subject, random.Next(8), counts),
                var kind => One(subject, kind, random, counts),
            });
            await Task.WhenAll(calls.ToArray());
        }
    }

    private async Task One(StressSubject subject, int kind, Random random, ConcurrentDictionary<string, int> counts)
    {
        using var caller = new CancellationTokenSource();
        var call = subject.Start(kind, caller.Token);
        if (kind == 5 && random.Next(3) == 0)
        {
            await Task.Delay(random.Next(4));
            Release(caller.Cancel);
        }

        string outcome;
        try
        {
            outcome = await call ?? "default";
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == caller.Token)
        {
            outcome = "caller's token";
        }
        catch (OperationCanceledException) when (kind == 10)
        {
            // The stream inside was cancelled alone, and has no result that could say that there is none.
            outcome = "failed";
        }
        catch (InvalidOperationException exception) when (exception.Message == "Once more.")
        {
            outcome = "failed";
        }
#pragma warning disable CA1031 // Whatever it is, it is a surprise.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            outcome = "surprise";
            _surprises.Add($"kind {kind}: {exception}");
        }

        if (outcome is not ("done" or "default" or "caller's token" or "failed"))
        {
            _surprises.Add($"kind {kind}: {outcome}");
        }

        counts.AddOrUpdate(outcome, 1, (_, count) => count + 1);
    }

    private async Task Cached(StressSubject subject, int key, ConcurrentDictionary<string, int> counts)
    {
        var result = await subject.Cached(key);
        if (result is not null && result != $"result {key}")
        {
            _surprises.Add($"cached {key}: {result}");
        }

        counts.AddOrUpdate(result is null ? "cache default" : "cached", 1, (_, count) => count + 1);
    }

    private void Control(Random random)
    {
        while (!_isOver)
        {
            switch (random.Next(24))
            {
                case < 5:
                    lock (_control)
                    {
                        Sitter.Pause();

                        // From here until the next thing is done, no call may pass an await.
                        if (_pause == 0)
                        {
                            _pause = ++_pauses;
                        }
                    }

                    Thread.Sleep(random.Next(3));
                    Release(Sitter.Resume);
                    break;
                case < 7:
                    Release(Sitter.Resume);
                    break;
                case < 8:
                    Release(() => Sitter.Resume(_ => true));
                    break;
                case < 9:
                    Release(Sitter.Restart);
                    break;
                case < 10:
                    Release(Sitter.Cancel);
                    break;
                case < 12:
                    Sitter.Pause(call => call.Name.EndsWith("ing", StringComparison.Ordinal));
                    break;
                case < 14:
                    Release(() => Sitter.Resume(call => call.Name.EndsWith("ing", StringComparison.Ordinal)));
                    break;
                case < 15:
                    Release(() => Sitter.Restart(call => call.Name.EndsWith("ing", StringComparison.Ordinal)));
                    break;
                case < 16:
                    Release(() => Sitter.Cancel(call => call.Name.EndsWith("Flow", StringComparison.Ordinal)));
                    break;
                case < 18:
                    Pick(random)?.Pause();
                    break;
                case < 20:
                    if (Pick(random) is { } resumed)
                    {
                        Release(resumed.Resume);
                    }

                    break;
                case < 21:
                    if (Pick(random) is { } restarted)
                    {
                        Release(restarted.Restart);
                    }

                    break;
                case < 22:
                    if (Pick(random) is { } cancelled)
                    {
                        Release(cancelled.Cancel);
                    }

                    break;
                default:
                    Thread.Sleep(random.Next(2));
                    break;
            }

            Thread.SpinWait(random.Next(20_000));
        }
    }

    private static SitContext? Pick(Random random) => Sitter.ActiveCalls is { Count: > 0 } calls ? calls[random.Next(calls.Count)] : null;

    /// <summary>Does something that may let a call go on.</summary>
    private void Release(Action act)
    {
        lock (_control)
        {
            _pause = 0;
            act();
        }
    }

    private void OnHookFailed(SitContext context, Exception exception) => _surprises.Add($"a hook of {context} failed: {exception}");
}
