using Mono.Cecil;

namespace Tests.Weaving;

/// <summary>FodyWeavers.xml: what is known in it, and what is told of the rest.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class WeaverConfigurationTests
{
    private static readonly Lazy<Woven> _subject = new(() => Woven.Before(Subject.Debug)
        .Only("ApplyTarget", "GenericHooks`1", "HookBase", "HookShapes", "OtherHooks", "Plain"));

    [TestCase("<Sitters TimeoutSecond='3' />", "'TimeoutSecond' is not an attribute of <Sitters>; did you mean 'TimeoutSeconds'?")]
    [TestCase("<Sitters Timeout='3' />", "'Timeout' is not an attribute of <Sitters>; did you mean 'TimeoutSeconds'?")]
    [TestCase("<Sitters Checkpoint='Sat' />", "'Checkpoint' is not an attribute of <Sitters>; did you mean 'Checkpoints'?")]
    [TestCase("<Sitters Checkpoints='Assemly' />", "Checkpoints=\"Assemly\": write Assembly or Sat; did you mean 'Assembly'?")]
    [TestCase("<Sitters Signals='maybe' />", "Signals=\"maybe\": write true or false.")]
    [TestCase(
        "<Sitters PauseSignal='SIGUSR3' />",
        "PauseSignal=\"SIGUSR3\": write the name of a signal, such as SIGUSR1, or none; did you mean 'SIGUSR1'?")]
    [TestCase(
        "<Sitters CancelSignals='SIGINT SIGTREM' />",
        "CancelSignals: 'SIGTREM' is not a signal; write names such as SIGINT SIGTERM, or none; did you mean 'SIGTERM'?")]
    [TestCase("<Sitters CancelSignals=' ' />", "CancelSignals is empty: write the names of signals, such as SIGINT SIGTERM, or none.")]
    [TestCase(
        "<Sitters CancelSignals='none, SIGINT' />", "CancelSignals=\"none, SIGINT\": write either none or the names of signals.")]
    [TestCase("<Sitters ExitCode='0x' />", "ExitCode=\"0x\": write true or false.")]
    [TestCase("<Sitters MaxAttempts='three' />", "MaxAttempts=\"three\": write a whole number.")]
    [TestCase("<Sitters TimeoutSeconds='1,5' />", "TimeoutSeconds=\"1,5\": write a number of seconds, such as 1.5.")]
    [TestCase("<Sitters OnTimeout='Thow' />", "OnTimeout=\"Thow\": write one of Auto, ReturnDefault, Throw; did you mean 'Throw'?")]
    [TestCase("<Sitters RetryJitter='yes' />", "RetryJitter=\"yes\": write true or false.")]
    [TestCase(
        "<Sitters HooksType='AssemblyToProcess.HookShape' />",
        "HooksType=\"AssemblyToProcess.HookShape\": there is no type 'AssemblyToProcess.HookShape' in this assembly or those it references; write its full name; did you mean 'AssemblyToProcess.HookShapes'?")]
    [TestCase(
        "<Sitters><Polcy Name='a' /></Sitters>",
        "<Polcy> is not known inside <Sitters>, which has <Policy> and <Apply>; did you mean 'Policy'?")]
    [TestCase(
        "<Sitters><Policy Name='a'><Retry /></Policy></Sitters>",
        "<Retry> is not known inside <Policy Name=\"a\">, which has no elements.")]
    [TestCase("<Sitters><Policy Name='a' Checkpoints='Sat' /></Sitters>", "'Checkpoints' is not an attribute of <Policy Name=\"a\">.")]
    [TestCase("<Sitters><Policy MaxAttempts='3' /></Sitters>", "<Policy> needs a Name, to be used as [Sit(Policy = \"name\")].")]
    [TestCase(
        "<Sitters><Policy Name='a' /><Policy Name='a' /></Sitters>",
        "there are two <Policy Name=\"a\">; give one of them another name.")]
    [TestCase(
        "<Sitters><Apply Policy='a' /></Sitters>",
        "<Apply> needs a To, the full names of the methods to sit, such as To=\"MyApp.Clients.*Client.*Async\".")]
    public void what_is_not_known_is_an_error(string config, string text) =>
        Assert.That(Weave(config).Errors.Select(error => error.Text), Has.Some.EqualTo($"SIT008: FodyWeavers.xml: {text}"));

    [TestCase(
        "<Sitters CancelSignals='SIGINT HUP' />",
        "HUP stands for RestartSignal and for CancelSignals. Give one of them another signal, or none.")]
    [TestCase(
        "<Sitters PauseSignal='SIGUSR2' ResumeSignal='SIGUSR2' RestartSignal='usr2' />",
        "usr2 stands for PauseSignal and for RestartSignal. Give one of them another signal, or none.")]
    [TestCase(
        "<Sitters CancelSignals='none' ExitCode='false' />",
        "ExitCode has no effect where CancelSignals is none. Leave one of them out.")]
    [TestCase(
        "<Sitters PauseSignal='HUP' RestartSignal='none' CancelSignals='SIGTERM hup' />",
        "hup stands for PauseSignal and for CancelSignals. Give one of them another signal, or none.")]
    public void a_signal_of_two_roles_and_an_exit_code_without_a_signal_are_errors(string config, string text) =>
        Assert.That(Weave(config).Errors.Select(error => error.Text), Is.EqualTo([$"SIT007: FodyWeavers.xml: {text}"]));

    [TestCase("<Sitters HooksType='' />", "HooksType=\"\": there is nothing in it; write a name, or leave HooksType out.")]
    [TestCase("<Sitters Cache=' ' />", "Cache=\" \": there is nothing in it; write a name, or leave Cache out.")]
    [TestCase(
        "<Sitters><Policy Name='a' Policy='' /></Sitters>", "Policy=\"\": there is nothing in it; write a name, or leave Policy out.")]
    public void a_name_with_nothing_in_it_is_an_error(string config, string text) => what_is_not_known_is_an_error(config, text);

    [TestCase("<Sitters HooksType='.' />")]
    [TestCase("<Sitters HooksType='A..B' />")]
    [TestCase("<Sitters HooksType='/A' />")]
    public void a_name_that_no_type_could_have_is_an_error_like_any_other(string config) =>
        Assert.That(Weave(config).Errors.Single().Text, Does.StartWith("SIT008: "));

    [TestCase("<Policy Name='a' Policy='a' />", "<Policy Name=\"a\">", "a -> a")]
    [TestCase("<Policy Name='a' Policy='b' /><Policy Name='b' Policy='c' /><Policy Name='c' Policy='b' />", "<Policy Name=\"b\">", "b -> c -> b")]
    public void policies_in_a_circle_are_an_error(string policies, string where, string circle) =>
        Assert.That(Weave($"<Sitters>{policies}</Sitters>").Errors.Single().Text, Is.EqualTo(
            $"SIT007: {where} in FodyWeavers.xml: the policies {circle} go in a circle: none of them stands behind the others. "
                + "Take Policy out of one of them."));

    [Test]
    public void a_policy_that_is_not_there_is_an_error()
    {
        var errors = Weave("<Sitters><Policy Name='http' /><Apply To='*.ApplyTarget.Other' Policy='htpt' /></Sitters>").Errors;

        Assert.That(errors.Single().Text, Is.EqualTo(
            "SIT008: <Apply To=\"*.ApplyTarget.Other\"> in FodyWeavers.xml: there is no <Policy Name=\"htpt\"> in FodyWeavers.xml; did you mean 'http'?"));
    }

    [Test]
    public void a_hook_that_only_its_own_assembly_can_call_is_an_error() => Assert.That(
        Weave("<Sitters HooksType='Sitters.CallHosts' StartupHooks='TellLocked' />").Errors.Select(error => error.Text),
        Has.Some.EndsWith("StartupHooks: 'TellLocked' of Sitters.CallHosts is not accessible: it belongs to another assembly; make it public."));

    [Test]
    public void a_type_of_hooks_that_is_not_there_is_an_error() => Assert.That(
        Weaver.Weave(Subject.Debug, image: Woven.Before(Subject.Debug).Only("HookBase", "HookShapes", "OtherHooks")).Errors.Select(error => error.Text),
        Has.One.EqualTo("SIT003: AssemblyToProcess.HookShapes.ElsewhereInGeneric: StartupHooks: HooksType AssemblyToProcess.GenericHooks<string> can't be loaded."));

    [Test]
    public void a_number_out_of_range_is_an_error_even_where_nothing_uses_it()
    {
        var errors = Weave("<Sitters><Policy Name='a' MaxAttempts='0' TimeoutSeconds='NaN' /></Sitters>").Errors;

        Assert.That(errors.Select(error => error.Text), Is.EquivalentTo(
        [
            "SIT006: <Policy Name=\"a\"> in FodyWeavers.xml: MaxAttempts = 0 is out of range; write a whole number from 1 on.",
            "SIT006: <Policy Name=\"a\"> in FodyWeavers.xml: TimeoutSeconds = NaN is out of range; write a number of seconds above 0, at most 4294967.",
        ]));
    }

    [TestCase("*.Clients.*Async", "matches no method. Write the full names, namespace and type included, with * and ? as wildcards.")]
    [TestCase(
        "*.ApplyTarget.NotAsync",
        "matches no method that it could sit (AssemblyToProcess.ApplyTarget.NotAsync, for one, is none): it passes over methods that return "
            + "no task or stream, generated code, and, without IncludeNotAsync, over those that are not async.")]
    public void an_apply_that_sits_nothing_is_a_warning(string to, string why)
    {
        var woven = Weave($"<Sitters><Apply To='{to}' MaxAttempts='3' /></Sitters>");

        Assert.That(
            woven.Warnings.Select(warning => warning.Text).Where(text => text.StartsWith("SIT015", StringComparison.Ordinal)),
            Is.EqualTo([$"SIT015: <Apply To=\"{to}\"> in FodyWeavers.xml {why}"]));
    }

    [TestCase("*.ApplyTarget.Other", "MaxAttempts='3'")]
    [TestCase("*.ApplyTarget.*", "Disabled='true'")]
    [TestCase("*.ApplyTarget.NotAsync", "IncludeNotAsync='true'")]
    [TestCase("*.ApplyTarget.Oth?r*", "MaxAttempts='3'")]
    public void an_apply_that_matches_is_not_told(string to, string settings) => Assert.That(
        Weave($"<Sitters><Apply To='{to}' {settings} /></Sitters>").Warnings.Select(warning => warning.Code),
        Has.None.EqualTo("SIT015"));

    [Test]
    public void what_an_apply_sets_for_nothing_is_a_warning_at_its_line() => Assert.That(
        Weave("<Sitters><Apply To='*.ApplyTarget.Other' RetryJitter='true' /></Sitters>").Warnings.Select(warning => warning.Text),
        Has.One.EqualTo("SIT014: <Apply To=\"*.ApplyTarget.Other\"> in FodyWeavers.xml: RetryJitter has no effect: there is only one attempt. "
            + "Set MaxAttempts, or leave RetryJitter out."));

    [Test]
    public void the_line_is_told_where_the_file_is_found()
    {
        var directory = Directory.CreateTempSubdirectory();
        var file = Path.Combine(directory.FullName, "FodyWeavers.xml");
        const string Config = "<Sitters>\n    <Policy Name=\"a\"\n            MaxAttempt=\"3\" />\n  </Sitters>";
        File.WriteAllText(file, $"<Weavers>\n  {Config}\n</Weavers>");
        try
        {
            var error = Weave(Config, directory.FullName).Errors.Single();

            Assert.That(error.File, Is.EqualTo(file));
            Assert.That(error.Line, Is.EqualTo(4));
            Assert.That(error.Text, Does.StartWith("SIT008: FodyWeavers.xml, line 4: 'MaxAttempt' is not"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Test]
    public void every_attribute_can_be_set()
    {
        const string Config =
            """
            <Sitters Checkpoints='Assembly' ReportForwardedTokens='false' Signals='true' PauseSignal='usr2' ResumeSignal='SIGUSR1'
                     RestartSignal='none' CancelSignals='SIGTERM, quit' ExitCode='false'>
              <Apply To='*.ApplyTarget.Other' TimeoutSeconds='1.5' AttemptTimeoutSeconds='1' OnTimeout='Throw' OnCancel='Throw'
                     MaxAttempts='3' RetryDelaySeconds='0.5' RetryBackoff='Linear' RetryJitter='true' MaxRetryDelaySeconds='9'
                     RetryOn='System.TimeoutException, System.Net.Http.HttpRequestException' AbortOn='System.ArgumentException'
                     CacheSize='10' CacheSeconds='60' CacheSlidingSeconds='30' CacheScope='Shared'
                     ForwardToken='false' SettleSeconds='1' GraceSeconds='2' FlowContext='false' IncludeNotAsync='true' Disabled='false'
                     HooksType='AssemblyToProcess.OtherHooks' StartupHooks='Private OfNested' InheritHooks='false' />
            </Sitters>
            """;
        var woven = Weave(Config);
        Assert.That(woven.Errors, Is.Empty);

        using var module = woven.Read();
        var plan = module.PlanOf("AssemblyToProcess.ApplyTarget", "Other")!;
        Assert.That(plan.Select(option => option.Key), Is.EquivalentTo(
        [
            "Name", "IsAsync", "StartupHooks", "TimeoutSeconds", "AttemptTimeoutSeconds", "OnTimeout", "OnCancel",
            "ForwardToken", "SettleSeconds", "GraceSeconds", "FlowContext",
            "MaxAttempts", "RetryDelaySeconds", "RetryBackoff", "RetryJitter", "MaxRetryDelaySeconds", "RetryOn", "AbortOn",
            "CacheSize", "CacheSeconds", "CacheSlidingSeconds", "AutoOutcome", "AlwaysHasResult",
        ]));
        Assert.That(plan["TimeoutSeconds"], Is.EqualTo("1.5"));
        Assert.That(plan["Name"], Is.EqualTo("AssemblyToProcess.ApplyTarget.Other"));
        Assert.That(plan["StartupHooks"], Is.EqualTo("2"));
        Assert.That(plan["ForwardToken"], Is.EqualTo("0"));
        Assert.That(plan["SettleSeconds"], Is.EqualTo("1"));
        Assert.That(plan["FlowContext"], Is.EqualTo("0"));
    }

    [Test]
    public void signals_are_configured_as_the_module_loads()
    {
        using var module = Weave("<Sitters Signals='false' RestartSignal='SIGQUIT' CancelSignals='SIGINT,SIGTERM' />").Read();

        var code = module.GetType("<Module>").Methods.Single(method => method.Name == ".cctor").Body.Instructions;
        Assert.That(
            code.Select(instruction => instruction.OpCode.Name),
            Is.EqualTo(["ldc.i4.0", "ldnull", "ldnull", "ldstr", "ldstr", "ldc.i4.1", "call", "ret"]));
        Assert.That(code[3].Operand, Is.EqualTo("SIGQUIT"));
        Assert.That(code[4].Operand, Is.EqualTo("SIGINT SIGTERM"));
        Assert.That(((MethodReference)code[6].Operand).Name, Is.EqualTo("ConfigureSignals"));
    }

    [Test]
    public void without_signal_settings_there_is_nothing_to_run_at_load()
    {
        using var module = Weave("<Sitters />").Read();

        Assert.That(module.GetType("<Module>").Methods, Is.Empty);
    }

    [TestCase("Assembly", true)]
    [TestCase("Sat", false)]
    public void checkpoints_say_whether_helpers_are_gated(string checkpoints, bool gated)
    {
        using var module = Weave($"<Sitters Checkpoints='{checkpoints}' />").Read();

        Assert.That(HasFrame("<Helper>"), Is.EqualTo(gated));
        Assert.That(HasFrame("<Hooked>"), Is.True);

        bool HasFrame(string method) => module.GetType("AssemblyToProcess.Plain").NestedTypes
            .Single(type => type.Name.StartsWith(method + "d__", StringComparison.Ordinal))
            .Fields.Any(field => field.Name == "<>frame");
    }

    private static Woven Weave(string config, string? projectDirectory = null) =>
        Weaver.Weave(Subject.Debug, config, projectDirectory, image: _subject.Value);
}
