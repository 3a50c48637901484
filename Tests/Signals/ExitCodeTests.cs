using System.Runtime.InteropServices;
using Sitters.Runtime.Control;

namespace Tests.Signals;

/// <summary>What a program that was cancelled by a signal says to its caller.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win", Reason = Signals.NotOnWindows)]
internal sealed class ExitCodeTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sitters-exit-codes-").FullName;

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(Signal.TERM, 143)]
    [TestCase(Signal.INT, 130)]
    public async Task a_cancel_by_signal_exits_with_128_and_its_number(Signal signal, int exitCode)
    {
        await using var child = await Child.StartUntil("body", "work");
        child.Send(signal);

        Assert.That(await child.End(), Is.EqualTo(exitCode));
    }

    [TestCase("SIGQUIT", 3)]
    [TestCase("SIGCHLD", 17)]
    [TestCase("SIGCONT", 18)]
    [TestCase("SIGTSTP", 20)]
    [TestCase("SIGTTIN", 21)]
    [TestCase("SIGTTOU", 22)]
    [TestCase("SIGWINCH", 28)]
    [Platform("Linux", Reason = "Other systems number some of them differently.")]
    public void a_signal_that_net_knows_by_a_number_of_its_own_has_that_of_the_system(string signal, int number) =>
        Assert.That(SignalNames.ToNative((int)Enum.Parse<PosixSignal>(signal)), Is.EqualTo(number));

    [Test]
    public async Task a_cancel_by_the_program_itself_exits_with_0()
    {
        await using var child = await Child.StartUntil("body", "work");
        child.Tell("cancel");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events.Last(), Is.EqualTo("result default"));
    }

    [Test]
    public async Task a_restart_by_signal_does_not_change_the_exit_code()
    {
        await using var child = await Child.StartUntil("body", "work");
        child.Send(Signal.HUP);
        await child.Until("restart", "body");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
    }

    [TestCase("exit=3", 3)]
    [TestCase("exit-at-end=4", 4)]
    public async Task a_code_that_the_program_sets_wins(string setting, int exitCode)
    {
        await using var child = await Child.StartUntil("body", "work", setting);
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(exitCode));
    }

    [Test]
    public async Task a_number_from_main_wins()
    {
        var program = SignalProgram.Weave(Path.Combine(_folder, "numbered"), "<Sitters />", "SignalProgram.NumberedProgram.Run");
        await using var child = await Child.Start(program, ["work"]);
        await child.Until("body");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(7));
    }

    [Test]
    public async Task a_cancel_that_throws_to_the_caller_exits_with_128_and_its_number_too()
    {
        await using var child = await Child.StartUntil("body", "throwing");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["body", "threw OperationCanceledException"]));
    }
}
