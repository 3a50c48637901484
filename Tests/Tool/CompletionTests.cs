namespace Tests.Tool;

/// <summary>The scripts that make a shell complete command lines, run in that shell.</summary>
[Platform("Linux")]
internal sealed class CompletionTests
{
    private FakeProcess _process = null!;

    [SetUp]
    public void Begin() => _process = new FakeProcess { Calls = [FakeProcess.Call("1f3a9c2e"), FakeProcess.Call("2b3a9c2e")] };

    [TearDown]
    public void End() => _process.Dispose();

    [Test]
    public void bash_completes_commands_options_processes_and_calls()
    {
        var script = "eval \"$(sitters completion bash)\"\n" + string.Concat(
            new[] { "sitters re", "sitters ps --me", "sitters ps ", $"sitters cancel {FakeProcess.Name} --call 1", "sitters ps --state Pausi" }.Select(line =>
                $"""
                COMP_LINE='{line}'; COMP_POINT=${"{#COMP_LINE}"}; COMP_WORDS=($COMP_LINE); [ "${"{COMP_LINE: -1}"}" = ' ' ] && COMP_WORDS+=(''); COMP_CWORD=$((${"{#COMP_WORDS[@]}"} - 1))
                _sitters; echo "${"{COMPREPLY[*]}"}"

                """));

        var lines = Installed.Bash(_process.Folder, script).Split('\n');

        Assert.That(lines[0].Split(' '), Is.EquivalentTo(new[] { "restart", "resume" }));
        Assert.That(lines[1], Is.EqualTo("--method"));
        Assert.That(lines[2].Split(' '), Does.Contain(FakeProcess.Name));
        Assert.That(lines[3], Is.EqualTo("1f3a9c2e"));
        Assert.That(lines[4], Is.EqualTo("Pausing"));
    }

    [Test]
    public void each_shell_has_its_script([Values("bash", "zsh", "pwsh")] string shell)
    {
        var run = ToolRun.Of(_process.Folder, "completion", shell);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("[suggest:").And.Not.Contain('\r'));
    }
}
