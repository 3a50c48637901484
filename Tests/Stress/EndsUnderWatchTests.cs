using AssemblyToProcess.Life;
using Microsoft.Extensions.Time.Testing;
using Sitters;

namespace Tests.Stress;

/// <summary>The end of a call as another thread sees it: never half of it, and never in an order in which it did not happen.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EndsUnderWatchTests
{
    private const int Calls = 20_000;

    private readonly Handed _subject = new();
    private int _turn;
    private volatile bool _isOver;

    [Test]
    public async Task an_ended_call_has_completed_with_its_result_whoever_pauses_it_just_then()
    {
        var wrong = new List<string>();
        await Against(
            () =>
            {
                var context = _subject.Context;
                context?.Pause();
                context?.Resume();
            },
            async () =>
            {
                for (var i = 0; i < Calls; i++)
                {
                    var (number, call) = Begin();
                    number.SetResult(i);
                    await call.InTime();
                    await Turn();
                    var context = _subject.Context!;
                    if (context.State != SitState.Completed || context.Result is not int result || result != i)
                    {
                        wrong.Add($"{context}: {context.Result ?? "no result"}");
                    }
                }
            });

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task the_time_of_the_end_is_either_not_there_or_whole()
    {
        var end = new DateTimeOffset(2030, 5, 17, 12, 34, 56, TimeSpan.FromHours(5));
        var seen = new HashSet<DateTimeOffset>();
        SitContext? last = null;
        Sitter.TimeProvider = new FakeTimeProvider(end);
        try
        {
            await Against(
                () =>
                {
                    if (_subject.Context is not { } context || context == last)
                    {
                        return;
                    }

                    DateTimeOffset? stopped;
                    do
                    {
                        stopped = context.StoppedAt;
                    }
                    while (stopped is null && !_isOver);

                    seen.Add(stopped ?? end);
                    Volatile.Write(ref last, context);
                },
                () =>
                {
                    for (var i = 0; i < Calls; i++)
                    {
                        var (number, call) = Begin();
                        number.SetResult(i);
                        Spin(() => call.IsCompleted && Volatile.Read(ref last) == _subject.Context);
                    }

                    return Task.CompletedTask;
                });
        }
        finally
        {
            Sitter.TimeProvider = TimeProvider.System;
        }

        Assert.That(seen, Is.EquivalentTo(new[] { end }));
    }

    [Test]
    public async Task no_call_seems_to_have_ended_before_it_began([Values] bool asksBeforeTheEnd)
    {
        var wrong = 0;
        for (var i = 0; i < Calls / 10; i++)
        {
            var (number, call) = Begin();
            var context = _subject.Context!;
            if (asksBeforeTheEnd)
            {
                _ = context.StartedAt;
            }

            number.SetResult(i);
            await call.InTime();
            wrong += context.StoppedAt < context.StartedAt ? 1 : 0;
        }

        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public async Task the_process_is_idle_only_when_the_last_caller_has_its_task()
    {
        var early = 0;
        TaskCompletionSource<int>? next = null;
        await Against(
            () =>
            {
                if (Interlocked.Exchange(ref next, null) is { } number)
                {
                    number.SetResult(1);
                }
            },
            () =>
            {
                for (var i = 0; i < Calls / 10; i++)
                {
                    var (number, call) = Begin();
                    var idle = Sitter.WhenIdle();
                    Volatile.Write(ref next, number);
                    Spin(() => idle.IsCompleted);
                    early += call.IsCompleted ? 0 : 1;
                    Spin(() => call.IsCompleted);
                }

                return Task.CompletedTask;
            });

        Assert.That(early, Is.Zero);
    }

    private (TaskCompletionSource<int> Number, Task<int> Call) Begin()
    {
        var number = new TaskCompletionSource<int>();
        return (number, _subject.Number(number.Task));
    }

    /// <summary>Runs one thing, while another thread does another again and again.</summary>
    private async Task Against(Action again, Func<Task> run)
    {
        _isOver = false;
        var other = Task.Factory.StartNew(
            () =>
            {
                while (!_isOver)
                {
                    again();
                    Interlocked.Increment(ref _turn);
                }
            },
            TaskCreationOptions.LongRunning);
        try
        {
            await Task.Run(run);
        }
        finally
        {
            _isOver = true;
            await other;
        }
    }

    /// <summary>Waits until the other thread has gone round twice: whatever it was doing is over.</summary>
    private Task Turn()
    {
        var turn = Volatile.Read(ref _turn);
        Spin(() => Volatile.Read(ref _turn) - turn >= 2);
        return Task.CompletedTask;
    }

    /// <summary>Waits without yielding the processor: what it looks for lasts nanoseconds.</summary>
    private static void Spin(Func<bool> isSo)
    {
        var start = Environment.TickCount64;
        while (!isSo())
        {
            if (Environment.TickCount64 - start > Stage.Patience.TotalMilliseconds)
            {
                throw new TimeoutException("It hangs.");
            }
        }
    }
}
