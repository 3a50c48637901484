using AssemblyToProcess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Sitters;
using Sitters.Testing;

namespace Tests.Testing;

/// <summary>How <see cref="SitTest"/> runs a call to its end.</summary>
internal sealed class RunTests : SitTestFixture
{
    [Test]
    public void a_test_that_blocks_its_thread_gets_the_outcome_too()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = FailingTimes(5);

        Assert.That(Assert.Throws<ArithmeticException>(() => test.Run(subject.Retried).GetAwaiter().GetResult())!.Message, Is.EqualTo("failure 3"));
    }

    [Test]
    public async Task an_exception_comes_through_as_it_is()
    {
        using var test = SitTest.Begin();
        var subject = In(test);
        var failure = new ArithmeticException();
        subject.Ask = () => Task.FromException<string>(failure);

        var running = test.Run(subject.Unlimited);
        await running.EndInTime();

        Assert.That(running.Exception!.InnerExceptions, Is.EqualTo(new[] { failure }));
        Assert.That(running.Failure(), Is.SameAs(failure));
    }

    [Test]
    public async Task a_timeout_that_throws_is_a_TimeoutException_and_a_cancel_an_OperationCanceledException()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = Never();
        var timedOut = test.Run(subject.LimitedOrThrow);
        await timedOut.EndInTime();

        var cancelled = test.Run(async () =>
        {
            var call = subject.Unlimited();
            test.Scope.Cancel();
            return await call;
        });
        await cancelled.EndInTime();

        Assert.That(timedOut.Failure(), Is.InstanceOf<TimeoutException>());
        Assert.That(cancelled.Failure(), Is.InstanceOf<OperationCanceledException>());
        Assert.That(test.Calls.Select(call => call.State), Is.EqualTo(new[] { SitState.TimedOut, SitState.Cancelled }));
    }

    [Test]
    public async Task value_tasks_tasks_without_a_result_streams_and_tasks_that_run_already_are_run_too()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);

        string? fromValueTask = await test.Run(() => subject.LimitedValueTask()).InTime();
        await test.Run(() => subject.LimitedWithoutResult()).InTime();
        await test.Run(async () => { await subject.Limited(); }).InTime();
        var begun = subject.Sleeping(1);
        string? ofBegun = await test.Run(begun).InTime();
        await test.Run((Task)begun).InTime();
        IReadOnlyList<int> elements = await test.Run(() => subject.Counting()).InTime();

        Assert.That(fromValueTask, Is.EqualTo("answer"));
        Assert.That(ofBegun, Is.EqualTo("slept"));
        Assert.That(elements, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(181)));
    }

    [Test]
    public async Task requests_of_a_host_that_is_set_up_in_the_test_are_in_it()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = FailingTimes(2);

        // With all that hosts have by default: its watcher of files keeps a thread in the flow of the test.
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSitters();
        await using var application = builder.Build();
        application.MapGet("/", subject.Retried);
        await application.StartAsync();

        Assert.That(await test.Run(() => application.GetTestClient().GetStringAsync("/")).InTime(), Is.EqualTo("answer"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(20)));
    }

    [Test]
    public async Task requests_of_a_host_from_before_are_in_the_test_where_the_server_brings_its_flow()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSitters();
        await using var application = builder.Build();
        Rehearsed? subject = null;
        application.MapGet("/", () => subject!.Retried());
        await application.StartAsync();
        application.GetTestServer().PreserveExecutionContext = true;

        using var test = SitTest.Begin(Patient);
        subject = In(test);
        subject.Ask = FailingTimes(2);

        Assert.That(await test.Run(() => application.GetTestClient().GetStringAsync("/")).InTime(), Is.EqualTo("answer"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(20)));
    }

    [Test]
    public async Task code_that_returns_no_task_is_told()
    {
        using var test = SitTest.Begin(Patient);

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Run(() => (Task)null!));
    }
}
