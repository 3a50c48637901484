using AssemblyToProcess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Sitters.Testing;

namespace Tests.Testing;

/// <summary>What waits for something else than the clock of its test is waited for, as long as something moves.</summary>
internal sealed class RealWaitTests : SitTestFixture
{
    [Test]
    public async Task something_that_hangs_is_ended_by_its_limit()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = Never();

        Assert.That(await test.Run(subject.Limited).InTime(), Is.Null);
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task so_is_an_attempt_that_hangs_and_the_next_one_begins()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = () => subject.Asked == 1 ? new TaskCompletionSource<string>().Task : Task.FromResult("answer");

        Assert.That(await test.Run(subject.LimitedAttempts).InTime(), Is.EqualTo("answer"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task something_real_is_waited_for_and_no_limit_ends_it()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = RealThing;

        Assert.That(await test.Run(subject.Limited).InTime(), Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task so_is_a_server_that_takes_its_time_to_answer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var server = builder.Build();
        server.MapGet("/", async () =>
        {
            await Task.Delay(300);
            return "real";
        });
        await server.StartAsync();
        using var client = server.GetTestClient();
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = () => client.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.That(await test.Run(subject.Limited).InTime(), Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task so_it_is_in_a_method_that_is_not_async()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = RealThing;

        Assert.That(await test.Run(subject.NotAsync).InTime(), Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase(nameof(Rehearsed.Racing))]
    [TestCase(nameof(Rehearsed.LimitedByWaitAsync))]
    public async Task a_race_of_something_real_against_the_clock_is_won_by_the_real_thing(string method)
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = RealThing;
        Func<Task<string>> race = method == nameof(Rehearsed.Racing) ? subject.Racing : subject.LimitedByWaitAsync;

        Assert.That(await test.Run(race).InTime(), Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task one_call_that_waits_for_something_real_keeps_the_time_of_another_from_passing()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = RealThing;
        Task<string?>? slept = null;
        Task<string?>? asked = null;

        await test.Run(async () =>
        {
            slept = subject.Sleeping(2);
            asked = subject.Limited();
            await asked;
            Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
            await slept;
        }).InTime();

        Assert.That(asked!.Result, Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task a_method_that_awaits_something_real_waits_for_that_whatever_it_has_started_beside_it()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = async () =>
        {
            await RealThing();
            return $"real after {test.Elapsed}";
        };

        Assert.That(await test.Run(subject.AskingBesideASleeper).InTime(), Is.EqualTo("real after 00:00:00, cut off"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task the_clock_stands_still_while_code_of_a_call_runs()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = () =>
        {
            Work();
            return Task.FromResult($"{test.Elapsed}");
        };

        Assert.That(await test.Run(() => Task.Run(subject.Limited)).InTime(), Is.EqualTo($"{TimeSpan.Zero}"));
    }

    [Test]
    public async Task the_clock_stands_still_while_the_test_itself_runs()
    {
        using var test = SitTest.Begin(Impatient);
        var running = test.Run(() => In(test).Sleeping(2));

        Work();
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));

        await running.InTime();
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    /// <summary>Takes a time that no clock of a test knows.</summary>
    private static async Task<string> RealThing()
    {
        await Task.Delay(50);
        return "real";
    }

    /// <summary>Keeps this thread busy: long enough for several looks at it.</summary>
    private static void Work()
    {
        for (var turns = 0; turns < 20; turns++)
        {
            var isOver = false;
            ThreadPool.UnsafeQueueUserWorkItem(_ => Volatile.Write(ref isOver, true), null);
            while (!Volatile.Read(ref isOver))
            {
                Thread.SpinWait(100);
            }
        }
    }
}
