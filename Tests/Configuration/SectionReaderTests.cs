using System.Text;
using Microsoft.Extensions.Configuration;
using Sitters;
using Sitters.Hosting.Configuration;

namespace Tests.Configuration;

/// <summary>The section of a configuration, read strictly: what is not understood is told, with the nearest that would be.</summary>
internal sealed class SectionReaderTests
{
    [Test]
    public void all_parts_are_read()
    {
        var (read, problems) = Read(
            """
            { "Defaults": { "GraceSeconds": 10, "ForwardToken": false, "OnCancel": "throw" },
              "Policies": { "patient": { "MaxAttempts": 5, "RetryBackoff": "Exponential", "RetryJitter": true } },
              "Methods": { "Shop.Orders.Read": { "TimeoutSeconds": 1.5 }, "Shop.Box`1+Lid": { "Policy": "patient" } },
              "Apply": [ { "To": "Shop.*", "Disabled": true }, { "To": "Bank.*", "CacheSize": 0 } ] }
            """);

        Assert.That(problems, Is.Empty);
        Assert.That(
            (read.Defaults.GraceSeconds, read.Defaults.ForwardToken, read.Defaults.OnCancel), Is.EqualTo((10.0, false, SitOutcome.Throw)));
        var policy = read.Policies["PATIENT"];
        Assert.That((policy.MaxAttempts, policy.RetryBackoff, policy.RetryJitter), Is.EqualTo((5, Polly.DelayBackoffType.Exponential, true)));
        Assert.That(read.Methods["Shop.Orders.Read"].TimeoutSeconds, Is.EqualTo(1.5));
        Assert.That(read.Methods["Shop.Box`1+Lid"].Policy, Is.EqualTo("patient"));
        (string, bool?, int?)[] rules = [("Shop.*", true, null), ("Bank.*", null, 0)];
        Assert.That(read.Apply.Select(rule => (rule.To, rule.Disabled, rule.CacheSize)), Is.EqualTo(rules));
    }

    [TestCase("""{ "Polices": {} }""", "Sitters:Polices is unknown: Sitters has Defaults, Policies, Methods, Apply; did you mean 'Policies'?")]
    [TestCase("""{ "Defaults": { "TimeoutSecond": 1 } }""", "Sitters:Defaults:TimeoutSecond: 'TimeoutSecond' is no setting; did you mean 'TimeoutSeconds'?")]
    [TestCase("""{ "Defaults": { "Timeout": 1 } }""", "Sitters:Defaults:Timeout: 'Timeout' is no setting; did you mean 'TimeoutSeconds'?")]
    [TestCase("""{ "Defaults": { "0": 1 } }""", "Sitters:Defaults:0: '0' is no setting.")]
    [TestCase("""{ "Defaults": { "TimeoutSeconds": "00:00:05" } }""", "Sitters:Defaults:TimeoutSeconds = '00:00:05': write a number of seconds, such as 1.5.")]
    [TestCase("""{ "Defaults": { "TimeoutSeconds": "1,5" } }""", "Sitters:Defaults:TimeoutSeconds = '1,5': write a number of seconds, such as 1.5.")]
    [TestCase("""{ "Defaults": { "MaxAttempts": 2.5 } }""", "Sitters:Defaults:MaxAttempts = '2.5': write a whole number.")]
    [TestCase("""{ "Defaults": { "RetryJitter": 1 } }""", "Sitters:Defaults:RetryJitter = '1': write true or false.")]
    [TestCase("""{ "Defaults": { "OnTimeout": "Thow" } }""", "Sitters:Defaults:OnTimeout = 'Thow': write one of Auto, ReturnDefault, Throw.")]
    [TestCase("""{ "Defaults": { "OnTimeout": 2 } }""", "Sitters:Defaults:OnTimeout = '2': write one of Auto, ReturnDefault, Throw.")]
    [TestCase("""{ "Defaults": { "RetryHooks": [ "Log" ] } }""", "Sitters:Defaults:RetryHooks: RetryHooks is compiled in. It can be changed in [Sit] or FodyWeavers.xml, with a build.")]
    [TestCase("""{ "Defaults": { "RetryHook": "Log" } }""", "Sitters:Defaults:RetryHook: 'RetryHook' is no setting; if you mean 'RetryHooks', that is compiled in. It can be changed in [Sit] or FodyWeavers.xml, with a build.")]
    [TestCase("""{ "Apply": [ { "To": [ "Shop.*", "Bank.*" ] } ] }""", "Sitters:Apply:0:To: write one pattern, and no list: each further one has an element of Sitters:Apply for itself.")]
    [TestCase("""{ "Defaults": { "CacheScope": "Shared" } }""", "Sitters:Defaults:CacheScope: CacheScope is compiled in. It can be changed in [Sit] or FodyWeavers.xml, with a build.")]
    [TestCase("""{ "Defaults": { "GraceSeconds": { "Value": 1 } } }""", "Sitters:Defaults:GraceSeconds: write a number of seconds, such as 1.5, and no section.")]
    [TestCase("""{ "Methods": { "Shop.Orders": 5 } }""", "Sitters:Methods:Shop.Orders = '5': there must be settings here, and no value.")]
    [TestCase("""{ "Methods": { "Shop.Orders": { "Read": { "MaxAttempts": 2 } } } }""", "Sitters:Methods:Shop.Orders:Read: 'Read' is no setting. The name of a method is one key: 'Shop.Orders.Read'.")]
    [TestCase("""{ "Apply": { "Shop.*": { "Disabled": true } } }""", "Sitters:Apply:Shop.*: Sitters:Apply is a list, of which each element has To and settings; 'Shop.*' is no number of one.")]
    [TestCase("""{ "Apply": [ { "Tu": "Shop.*" } ] }""", "Sitters:Apply:0:Tu: 'Tu' is no setting; did you mean 'To'?")]
    [TestCase("""{ "Defaults": { "Tu": "Shop.*" } }""", "Sitters:Defaults:Tu: 'Tu' is no setting.")]
    [TestCase("""{ "Defaults": { "Shop": { "Read": 1 } } }""", "Sitters:Defaults:Shop: 'Shop' is no setting.")]
    [TestCase("""{ "Methods": { "Shop.Orders": { "Shop": 1 } } }""", "Sitters:Methods:Shop.Orders:Shop: 'Shop' is no setting.")]
    [TestCase("""{ "Methods": "Shop.*" }""", "Sitters:Methods = 'Shop.*': there must be entries by name here, and no value.")]
    [TestCase("""{ "Apply": { "1st": { "Disabled": true } } }""", "Sitters:Apply:1st: Sitters:Apply is a list, of which each element has To and settings; '1st' is no number of one.")]
    [TestCase("""{ "Apply": "Shop.*" }""", "Sitters:Apply = 'Shop.*': there must be a list here, and no value.")]
    [TestCase(""" "on" """, "Sitters = 'on': there must be its parts here, and no value.")]
    public void what_is_not_understood_is_told(string section, string problem) => Assert.That(Read(section).Problems, Is.EqualTo(new[] { problem }));

    [Test]
    public void what_is_no_element_of_a_list_is_none_of_its_rules() =>
        Assert.That(Read("""{ "Apply": { "Shop.*": { "Disabled": true } } }""").Read.Apply, Is.Empty);

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{ "Defaults": null, "Policies": {}, "Methods": null, "Apply": [] }""")]
    [TestCase("""{ "Defaults": { "TimeoutSeconds": null }, "Methods": { "Shop": null } }""")]
    public void nothing_sets_nothing(string section)
    {
        var (read, problems) = Read(section);

        Assert.That(problems, Is.Empty);
        Assert.That(read.Defaults.TimeoutSeconds, Is.Null);
    }

    [Test]
    [SetCulture("de-DE")]
    public void numbers_know_no_culture() => Assert.That(Read("""{ "Defaults": { "GraceSeconds": 1.5 } }""").Read.Defaults.GraceSeconds, Is.EqualTo(1.5));

    [Test]
    public void a_list_may_come_from_the_environment()
    {
        const string Variable = "SITTERSTEST_Sitters__Apply__0__";
        Environment.SetEnvironmentVariable(Variable + "To", "Shop.Orders.Read");
        Environment.SetEnvironmentVariable(Variable + "TimeoutSeconds", "20");
        try
        {
            var (read, problems) = Read(new ConfigurationBuilder().AddEnvironmentVariables("SITTERSTEST_").Build());

            Assert.That(problems, Is.Empty);
            Assert.That(read.Apply.Select(rule => (rule.To, rule.TimeoutSeconds)), Is.EqualTo(new[] { ("Shop.Orders.Read", (double?)20) }));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable + "To", null);
            Environment.SetEnvironmentVariable(Variable + "TimeoutSeconds", null);
        }
    }

    private static (SitterConfiguration Read, IReadOnlyCollection<string> Problems) Read(string section) => Read(
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Sitters": {{section}} }"""))).Build());

    private static (SitterConfiguration Read, IReadOnlyCollection<string> Problems) Read(IConfiguration configuration)
    {
        var read = new SitterConfiguration();
        var reader = new SectionReader(read);
        reader.Read(configuration);
        return (read, reader.Problems);
    }
}
