using System.Collections.Concurrent;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Thousands of short calls under a random stream of everything that can happen to them, and the books at the end.</summary>
internal sealed class Interleavings : LifeFixture
{
    private const int Callers = 24;
    private const int CallsEach = 150;
    private static readonly string[] _ends = ["Completed", "Failed", "TimedOut", "Cancelled"];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task the_books_balance_whatever_happens(int seed)
    {
        Sitter.TimeProvider = TimeProvider.System;
        var subject = new Stressed();
        var outcomes = new ConcurrentDictionary<string, int>();
        var failures = new ConcurrentQueue<Exception>();
        var unobserved = new ConcurrentQueue<Exception>();
        void OnHookFailed(SitContext context, Exception exception) => failures.Enqueue(exception);
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            foreach (var exception in e.Exception.Flatten().InnerExceptions.Where(inner => inner is StressException or OperationCanceledException))
            {
                unobserved.Enqueue(exception);
            }
        }

        Sitter.HookFailed += OnHookFailed;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        try
        {
            using var done = new CancellationTokenSource();
            var storm = Task.Run(() => Storm(new Random(seed), subject, done.Token));
            var callers = Enumerable.Range(0, Callers).Select(i => Task.Run(() => Call(new Random((seed * 1000) + i), subject, outcomes)));
            await End(Task.WhenAll(callers));
            await done.CancelAsync();
            await storm;
            await End(Sitter.WhenIdle());

            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            Sitter.HookFailed -= OnHookFailed;
            TaskScheduler.UnobservedTaskException -= OnUnobserved;
        }

        var books = subject.Books.Select(book => (Context: book.Key, Lines: book.Value.ToArray())).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(outcomes.Values.Sum(), Is.EqualTo(Callers * CallsEach));
            Assert.That(outcomes.Keys, Is.SubsetOf(new[] { "result", "default", nameof(StressException), nameof(OperationCanceledException) }));
            Assert.That(books, Has.Count.EqualTo(subject.Begun));
            Assert.That(books.Where(book => book.Lines.Count(_ends.Contains) != 1), Is.Empty, "Each call ends once.");
            Assert.That(books.Where(book => book.Lines.Single(_ends.Contains) != book.Context.State.ToString()), Is.Empty, "It ends as it says.");
            Assert.That(books.Where(book => book.Lines.Count(line => line == "restart") != book.Context.Restarts), Is.Empty, "Each restart is told once.");
            Assert.That(
                books.Where(book => book.Context.State == SitState.Completed && !book.Lines.Contains("startup")),
                Is.Empty,
                "None completes that has not begun.");
            Assert.That(
                books.Where(book => book.Lines.Count(line => line == "pause") - book.Lines.Count(line => line == "resume") is not (0 or 1)),
                Is.Empty,
                "Pauses and resumes alternate.");
            Assert.That(subject.Inside, Is.Zero, "Each finally has run.");
            Assert.That(subject.RanWhilePaused, Is.Zero, "Nothing runs past an await while paused.");
            Assert.That(failures, Is.Empty);
            Assert.That(unobserved, Is.Empty);
        });
    }

    private static async Task Call(Random random, Stressed subject, ConcurrentDictionary<string, int> outcomes)
    {
        for (var i = 0; i < CallsEach; i++)
        {
            using var source = new CancellationTokenSource();
            if (random.Next(4) == 0)
            {
                source.CancelAfter(random.Next(5));
            }

            string outcome;
            try
            {
                outcome = await subject.Begin(random, source.Token) is null ? "default" : "result";
            }
            catch (OperationCanceledException)
            {
                outcome = nameof(OperationCanceledException);
            }
            catch (Exception exception)
            {
                outcome = exception.GetType().Name;
            }

            outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        }
    }

    private static async Task Storm(Random random, Stressed subject, CancellationToken done)
    {
        for (var pause = 1; !done.IsCancellationRequested; pause++)
        {
            switch (random.Next(8))
            {
                case 0:
                    Sitter.Restart();
                    break;
                case 1:
                    Sitter.Cancel();
                    break;
                case 2:
                    Sitter.Pause();
                    Sitter.Resume();
                    break;
                case 3 when Sitter.ActiveCalls is { Count: > 0 } calls:
                    var context = calls[random.Next(calls.Count)];
                    context.Pause();
                    context.Resume();
                    context.Restart();
                    break;
                case 4 when Sitter.ActiveCalls is { Count: > 0 } calls:
                    calls[random.Next(calls.Count)].Cancel();
                    break;
                default:
                    Sitter.Pause();
                    subject.CertainPause = pause;
                    await Task.Delay(random.Next(4), CancellationToken.None);
                    subject.CertainPause = 0;
                    End(random.Next(4));
                    break;
            }

            await Task.Delay(random.Next(3), CancellationToken.None);
        }

        Sitter.Resume();

        static void End(int kind)
        {
            switch (kind)
            {
                case 0:
                    Sitter.Restart();
                    break;
                case 1:
                    Sitter.Cancel();
                    break;
                default:
                    Sitter.Resume();
                    break;
            }
        }
    }
}
