using System.Collections.Concurrent;

namespace Tests.Signals;

/// <summary>What FodyWeavers.xml says of signals.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win,MacOsX", Reason = Signals.NotOnWindows + " " + Signals.NotOnMacOS)]
internal sealed class ConfiguredSignalTests
{
    private const string Off = """<Sitters Signals="false" />""";
    private const string Swapped = """<Sitters PauseSignal="SIGUSR2" ResumeSignal="SIGUSR1" RestartSignal="SIGQUIT" />""";
    private const string Toggled = """<Sitters PauseSignal="usr2" ResumeSignal="USR2" />""";
    private const string None = """<Sitters PauseSignal="none" ResumeSignal="none" RestartSignal="none" />""";

    private readonly string _folder = Directory.CreateTempSubdirectory("sitters-signals-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<string>> _programs = new();

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    [TestCase(Signal.HUP)]
    [TestCase(Signal.USR1)]
    [TestCase(Signal.USR2)]
    public async Task without_signals_calls_are_killed(Signal signal)
    {
        await using var child = await Start(Off, "work");
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [Test]
    public async Task without_signals_a_program_can_still_ask_for_them()
    {
        await using var child = await Start(Off, "work", "listen=");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events.TakeLast(2), Is.EqualTo(["cancellation", "result default"]));
    }

    [Test]
    public async Task other_signals_pause_resume_and_restart()
    {
        await using var child = await Start(Swapped, "work");
        child.Send(Signal.USR2);
        await child.Until("pause");
        child.Send(Signal.USR1);
        await child.Until("resume");
        child.Send(Signal.QUIT);
        await child.Until("restart", "body");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo([
            "startup", "body", "pause", "resume", "finally", "restart", "startup", "body", "finally", "completion", "result done",
        ]));
    }

    [Test]
    public async Task a_signal_that_no_longer_restarts_kills()
    {
        await using var child = await Start(Swapped, "work");
        child.Send(Signal.HUP);

        await child.IsKilledBy(Signal.HUP);
    }

    [Test]
    public async Task one_signal_can_both_pause_and_resume()
    {
        await using var child = await Start(Toggled, "work");
        for (var i = 0; i < 3; i++)
        {
            child.Send(Signal.USR2);
            await child.Until("pause");
            child.Send(Signal.USR2);
            await child.Until("resume");
        }

        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
    }

    [TestCase(Signal.USR1)]
    [TestCase(Signal.USR2)]
    [TestCase(Signal.HUP)]
    public async Task a_signal_set_to_none_kills(Signal signal)
    {
        await using var child = await Start(None, "work");
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [Test]
    public async Task term_cancels_where_the_other_signals_are_none()
    {
        await using var child = await Start(None, "work");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "cancellation", "result default"]));
    }

    private async Task<Child> Start(string config, params string[] arguments)
    {
        var program = _programs.GetOrAdd(config, _ => new Lazy<string>(() =>
            SignalProgram.Weave(Path.Combine(_folder, Guid.NewGuid().ToString("N")), config)));
        var child = await Child.Start(program.Value, arguments);
        await child.Until("body");
        return child;
    }
}
