using Sitters;
using Sitters.Runtime.Configuring;

namespace Tests.Configuration;

/// <summary>A configuration with something wrong in it changes nothing, and says all that is wrong.</summary>
internal sealed class RefusalTests : ControllerFixture
{
    private const string Name = "AssemblyToProcess.Configuring.Adjusted";

    [TestCase(Name + ".Raed", "did you mean 'AssemblyToProcess.Configuring.Adjusted.Read'?")]
    [TestCase("AssemblyToProcess.Configuring.Adjustd", "did you mean 'AssemblyToProcess.Configuring.Adjusted'?")]
    [TestCase("Adjusted.Read", "did you mean 'AssemblyToProcess.Configuring.Adjusted.Read'?")]
    [TestCase("Adjusted", "did you mean 'AssemblyToProcess.Configuring.Adjusted'?")]
    [TestCase("adjusted.raed", "did you mean 'AssemblyToProcess.Configuring.Adjusted.Read'?")]
    [TestCase(Name + ".Strategy", "there is no sat method, type or namespace of this name")]
    public void a_name_that_is_no_method_is_told_with_the_nearest(string name, string said) =>
        Assert.That(Problems(configuration => configuration.Methods[name] = new()), Has.Some.Contain($"Methods:{name}: there is no").And.Some.Contain(said));

    [Test]
    public void numbers_that_no_method_could_use_are_told_in_the_weavers_words() => Assert.That(
        Problems(configuration =>
        {
            configuration.Defaults = new() { TimeoutSeconds = double.NaN, MaxAttempts = 0 };
            configuration.Policies["p"] = new() { RetryDelaySeconds = 86_401, CacheSize = -1 };
            configuration.Apply.Add(new() { To = "*", GraceSeconds = -0.5 });
        }),
        Is.EqualTo(new[]
        {
            "Sitter.Configure:Defaults: TimeoutSeconds = NaN is out of range; write a number of seconds from 0 on, at most 4294967.",
            "Sitter.Configure:Defaults: MaxAttempts = 0 is out of range; write a whole number from 1 on.",
            "Sitter.Configure:Policies:p: RetryDelaySeconds = 86401 is out of range; write a number of seconds from 0 on, at most 86400.",
            "Sitter.Configure:Policies:p: CacheSize = -1 is out of range; write a whole number from 0 on.",
            "Sitter.Configure:Apply:0: GraceSeconds = -0.5 is out of range; write a number of seconds from 0 on, at most 4294967.",
        }));

    [Test]
    public void a_policy_that_is_not_there_is_told_with_the_nearest() => Assert.That(
        Problems(configuration =>
        {
            configuration.Policies["patient"] = new();
            configuration.Methods[Name] = new() { Policy = "patent" };
        }),
        Is.EqualTo(new[]
        {
            $"Sitter.Configure:Methods:{Name}: Policy = 'patent': there is no such entry under Sitter.Configure:Policies; "
                + "did you mean 'patient'? The policies of FodyWeavers.xml are compiled in.",
        }));

    [Test]
    public void a_policy_is_told_also_where_there_is_none_that_could_be_meant() => Assert.That(
        Problems(configuration => configuration.Defaults = new() { Policy = "http" }),
        Is.EqualTo(new[]
        {
            "Sitter.Configure:Defaults: Policy = 'http': there is no such entry under Sitter.Configure:Policies. "
                + "The policies of FodyWeavers.xml are compiled in.",
        }));

    [Test]
    public void policies_in_a_circle_are_refused() => Assert.That(
        Problems(configuration =>
        {
            configuration.Policies["a"] = new() { Policy = "b" };
            configuration.Policies["b"] = new() { Policy = "a" };
        }).Single(),
        Does.Contain("the policies go in a circle"));

    [TestCase(nameof(SitSettings.CacheSeconds), ".Read", "was compiled without a cache")]
    [TestCase(nameof(SitSettings.CacheSize), ".Read", "was compiled without a cache")]
    [TestCase(nameof(SitSettings.MaxAttempts), ".Retried", "takes its retries from the member that Retry names")]
    [TestCase(nameof(SitSettings.OnTimeout), ".Number", "has a result that can't say \"no result\"")]
    public void a_setting_that_the_method_cannot_have_is_refused(string setting, string method, string why) => Assert.That(
        Problems(configuration =>
        {
            var settings = new SitSettings();
            Assert.That(ConfigurableSettings.Find(setting)!.TrySet(settings, setting.StartsWith("On", StringComparison.Ordinal) ? "ReturnDefault" : "5"));
            configuration.Methods[Name + method] = settings;
        }).Single(),
        Does.Contain($"{Name}{method} {why}"));

    [Test]
    public void a_limit_for_the_attempt_that_is_not_shorter_than_the_calls_is_refused() => Assert.That(
        Problems(configuration => configuration.Methods[Name + ".Read"] = new() { AttemptTimeoutSeconds = 10 }).Single(),
        Does.Contain("AttemptTimeoutSeconds = 10 has no effect").And.Contain("TimeoutSeconds = 10, which is not longer"));

    [TestCase(".Over", "(1 more method).")]
    [TestCase(".*er", "(3 more methods).")]
    public void of_several_methods_on_which_a_limit_has_no_effect_one_is_named_and_the_rest_are_counted(string methods, string end) => Assert.That(
        Problems(configuration => configuration.Apply.Add(new() { To = Name + methods, TimeoutSeconds = 2, AttemptTimeoutSeconds = 3 })).Single(),
        Does.Contain("AttemptTimeoutSeconds = 3 has no effect on").And.EndWith(end));

    [Test]
    public void an_unknown_outcome_is_refused() => Assert.That(
        Problems(configuration => configuration.Defaults.OnTimeout = (SitOutcome)7).Single(),
        Is.EqualTo("Sitter.Configure:Defaults: OnTimeout = 7 is unknown; write one of Auto, ReturnDefault, Throw."));

    [Test]
    public void an_entry_without_a_name_is_refused([Values("", " ")] string name) => Assert.That(
        Problems(configuration =>
        {
            configuration.Policies[name] = new() { MaxAttempts = 2 };
            configuration.Methods[name] = new() { MaxAttempts = 2 };
        }),
        Is.EqualTo(new[]
        {
            "Sitter.Configure:Policies: an entry has no name, by which Policy could name it. Give it one, or take it out.",
            "Sitter.Configure:Methods: an entry has no name. Say Namespace.Type.Method, a type or a namespace; for all methods there is Defaults.",
        }));

    [Test]
    public void two_keys_that_name_the_same_are_refused() => Assert.That(
        Problems(configuration =>
        {
            configuration.Methods[Name] = new() { MaxAttempts = 2 };
            configuration.Methods["AssemblyToProcess.Configuring+Adjusted"] = new() { MaxAttempts = 3 };
            configuration.Methods[Name + "`1"] = new() { TimeoutSeconds = 3 };
        }),
        Is.EqualTo(new[]
        {
            $"Sitter.Configure:Methods: '{Name}' and 'AssemblyToProcess.Configuring+Adjusted' and '{Name}`1' name the same. "
                + "Put all settings under one of them.",
        }));

    [TestCase("")]
    [TestCase("Shop.* Bank.*")]
    public void an_apply_needs_one_pattern(string to) => Assert.That(
        Problems(configuration => configuration.Apply.Add(new() { To = to })).Single(), Does.Contain("names no method"));

    [Test]
    public void an_apply_that_matches_nothing_is_no_reason_to_refuse() =>
        Assert.That(Problems(configuration => configuration.Apply.Add(new() { To = "Plugin.*", GraceSeconds = 1 })), Is.Empty);

    [Test]
    public async Task nothing_of_what_was_refused_holds()
    {
        Assert.That(
            Problems(configuration =>
            {
                configuration.Methods[Name + ".Read"] = new() { Disabled = true };
                configuration.Defaults.GraceSeconds = -1;
            }),
            Has.Count.EqualTo(1));
        Stage.OpenForGood("read");

        Assert.That(Snapshot.Current.Unscoped(), Is.Empty);
        await Ends(Stage.Set(new AssemblyToProcess.Configuring.Adjusted()).Read(), "read", "read");
    }

    [Test]
    [SetCulture("de-DE")]
    public void messages_and_numbers_know_no_culture() => Assert.That(
        Problems(configuration => configuration.Defaults.GraceSeconds = -1.5).Single(), Does.Contain("GraceSeconds = -1.5 is"));

    [Test]
    public void a_setting_that_no_method_of_an_apply_can_have_is_warned_of()
    {
        using var layer = SitEngine.Instance.OpenConfiguration(scope: null, "Here", endsWithScope: false);
        var configuration = new SitterConfiguration();
        configuration.Apply.Add(new() { To = Name + ".Retried", MaxAttempts = 5 });

        Assert.That(layer.Replace(configuration, []).Single(), Does.StartWith("Here:Apply:0: MaxAttempts = 5: ")
            .And.Contain($"{Name}.Retried takes its retries from the member that Retry names"));
    }

    private static IReadOnlyList<string> Problems(Action<SitterConfiguration> configure)
    {
        try
        {
            Sitter.Configure(configure).Dispose();
            return [];
        }
        catch (SitterConfigurationException refusal)
        {
            return refusal.Problems;
        }
    }
}
