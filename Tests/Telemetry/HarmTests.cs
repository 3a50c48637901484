using System.Diagnostics;
using System.Diagnostics.Metrics;
using AssemblyToProcess.Life;
using Sitters;
using Tests.Assemblies;

namespace Tests.Telemetry;

/// <summary>Listeners are code of the user's: what they throw harms no call, and they hold up none but the one they are told of.</summary>
internal sealed class HarmTests : ControllerFixture
{
    [Test]
    public async Task a_listener_to_the_meter_that_throws_harms_no_call()
    {
        using var listener = Thrower();
        listener.Start();
        await LiveThroughAll();
        Assert.That(Stage.Story, Does.EndWith("well"));
    }

    [Test]
    public async Task a_listener_to_spans_that_throws_harms_no_call_and_leaves_nothing_current()
    {
        using var caller = new Activity("caller").Start();
        foreach (var where in new[] { "sample", "started", "stopped" })
        {
            using var listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name.StartsWith(SitterDiagnostics.ActivitySourceName, StringComparison.Ordinal),
                Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                    where == "sample" ? throw new InvalidOperationException(where) : ActivitySamplingResult.AllDataAndRecorded,
                ActivityStarted = activity => Throw(activity, where, "started"),
                ActivityStopped = activity => Throw(activity, where, "stopped"),
            };
            ActivitySource.AddActivityListener(listener);

            await LiveThroughAll();

            Assert.That(Activity.Current, Is.SameAs(caller));
        }

        static void Throw(Activity activity, string where, string here)
        {
            if (where == here && activity.Source.Name.StartsWith(SitterDiagnostics.ActivitySourceName, StringComparison.Ordinal))
            {
                throw new InvalidOperationException(here);
            }
        }
    }

    [Test]
    public async Task the_span_of_a_call_ends_although_the_message_of_its_exception_can_not_be_read()
    {
        Activity? ended = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == SitterDiagnostics.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => ended = activity.OperationName == "Ending.ThrowAtOnce" ? activity : ended,
        };
        ActivitySource.AddActivityListener(listener);

        await Failure<MuteException>(Set<Ending>().ThrowAtOnce(new MuteException()));

        Assert.That(ended?.Status, Is.EqualTo(ActivityStatusCode.Error));
    }

    [Test]
    public async Task a_listener_that_throws_when_it_is_told_that_the_meter_and_the_sources_are_there_harms_no_call()
    {
        var throws = false;
        using var meters = new MeterListener { InstrumentPublished = (_, _) => Throw() };
        using var spans = new ActivityListener
        {
            ShouldListenTo = source =>
            {
                Throw();
                return false;
            },
        };
        meters.Start();
        ActivitySource.AddActivityListener(spans);
        throws = true;
        try
        {
            // Another copy of Sitters, which publishes them anew.
            var plugin = new PluginContext();
            await plugin.Run();
            plugin.Unload();
        }
        finally
        {
            throws = false;
        }

        void Throw()
        {
            if (throws)
            {
                throw new InvalidOperationException("published");
            }
        }
    }

    [Test]
    public async Task a_listener_that_blocks_over_one_pause_does_not_hold_up_the_call()
    {
        using var release = new ManualResetEventSlim();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Name: SitterDiagnostics.CallPaused })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) =>
        {
            if (value > 0)
            {
                told.SetResult();
                release.Wait();
            }
        });
        listener.Start();
        var call = Set<Told>().Work();
        var context = Call("Work");
        var pausing = Task.Run(context.Pause);
        await told.Task.InTime();

        context.Cancel();

        // No lock of the call is held, and what is told next waits for its turn.
        Assert.That(await call.InTime(), Is.Null);
        Assert.That(context.State, Is.EqualTo(SitState.Cancelled));
        release.Set();
        await pausing.InTime();
    }

    [Test]
    public async Task listeners_that_look_at_and_steer_the_call_they_are_told_of_find_no_lock()
    {
        SitContext? context = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SitterDiagnostics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) =>
        {
            // From another thread: a lock that this one holds would keep it out.
            if (context is not null)
            {
                Task.Run(() => (context.State, context.Waits.Count, Sitter.ActiveCalls.Count)).InTime().GetAwaiter().GetResult();
                Assert.That(instrument.Name, Is.Not.Empty);
            }
        });
        listener.Start();
        var call = Set<Told>().Work();
        context = Call("Work");
        Sitter.Pause();
        Sitter.Resume();
        Sitter.Restart();
        await Stage.Reached("door", 2);
        Call("Work").Cancel();
        await call.InTime();
    }

    [Test]
    public async Task a_clock_that_throws_costs_no_call_and_active_is_back_at_zero()
    {
        using var meters = new Meters();
        using var traces = new Traces();
        Sitter.TimeProvider = new BrokenClock();
        var call = Set<Told>().Work();
        Sitter.TimeProvider = Clock;

        Stage.Open("door");
        await call.InTime();

        Assert.That(meters.Sum(SitterDiagnostics.CallActive), Is.Zero);
    }

    private static MeterListener Thrower()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SitterDiagnostics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("long"));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("double"));
        return listener;
    }

    private async Task LiveThroughAll()
    {
        var stage = new Stage();
        var subject = stage.Set(new Told());
        var call = subject.Work();
        Sitter.Pause();
        Sitter.Resume();
        Sitter.Restart();
        await stage.Reached("door", 2);
        stage.OpenAll();
        Assert.That(await call.InTime(), Is.EqualTo(1));
        Assert.That(await subject.AtOnceUnflowed(), Is.EqualTo(1));
        Assert.That(await subject.Cached(1), Is.EqualTo(1));
        Assert.That(await subject.Cached(1), Is.EqualTo(1));
        Assert.That(await subject.Hooked().InTime(), Is.EqualTo(1));
        await Failure<ArgumentException>(subject.Fail());
        await Clock.RunUntilEnd(subject.Retried(1));
        Stage.Say("well");
    }

    private sealed class MuteException : Exception
    {
        public override string Message => throw new NotSupportedException("message");
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override long GetTimestamp() => throw new NotSupportedException("clock");

        public override DateTimeOffset GetUtcNow() => throw new NotSupportedException("clock");
    }
}
