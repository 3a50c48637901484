using Sitters;
using Sitters.Runtime.Configuring;
using Sitters.Runtime.Plans;

namespace Tests.Configuration;

/// <summary>What counts where several entries set the same: the longest name, the last Apply, the closest policy, the defaults.</summary>
internal sealed class PrecedenceTests
{
    private static readonly SitSettings _other = new() { GraceSeconds = 99 };

    private SitterConfiguration _configuration = null!;

    [SetUp]
    public void BeginAnew() => _configuration = new SitterConfiguration();

    [Test]
    public void a_method_wins_over_its_class_and_that_over_its_namespace()
    {
        _configuration.Methods["Shop"] = new() { MaxAttempts = 1, SettleSeconds = 1, GraceSeconds = 1 };
        _configuration.Methods["Shop.Orders"] = new() { MaxAttempts = 2, SettleSeconds = 2 };
        _configuration.Methods["Shop.Orders.Read"] = new() { MaxAttempts = 3 };

        Assert.That(InForce("Shop.Orders.Read"), Is.EqualTo("MaxAttempts=3 SettleSeconds=2 GraceSeconds=1"));
    }

    [Test]
    public void a_name_wins_over_a_pattern()
    {
        _configuration.Methods["Shop.Orders"] = new() { GraceSeconds = 1 };
        _configuration.Apply.Add(new() { To = "Shop.Orders.Read", GraceSeconds = 2 });

        Assert.That(InForce("Shop.Orders.Read"), Is.EqualTo("GraceSeconds=1"));
    }

    [Test]
    public void of_the_patterns_that_match_the_last_one_counts_alone()
    {
        _configuration.Apply.Add(new() { To = "Shop.*", GraceSeconds = 1, SettleSeconds = 1 });
        _configuration.Apply.Add(new() { To = "Shop.*.Read", GraceSeconds = 2 });
        _configuration.Apply.Add(new() { To = "Bank.*", GraceSeconds = 3 });

        Assert.That(InForce("Shop.Orders.Read"), Is.EqualTo("GraceSeconds=2"));
    }

    [Test]
    public void a_pattern_wins_over_a_policy_and_that_over_the_defaults()
    {
        _configuration.Defaults = new() { MaxAttempts = 1, SettleSeconds = 1, GraceSeconds = 1 };
        _configuration.Policies["patient"] = new() { MaxAttempts = 2, SettleSeconds = 2 };
        _configuration.Apply.Add(new() { To = "*", MaxAttempts = 3, Policy = "patient" });

        Assert.That(InForce("Shop.Orders.Read"), Is.EqualTo("MaxAttempts=3 SettleSeconds=2 GraceSeconds=1"));
    }

    [Test]
    public void the_policy_that_is_named_closest_counts_alone()
    {
        _configuration.Policies["one"] = new() { GraceSeconds = 1 };
        _configuration.Policies["two"] = new() { GraceSeconds = 2, SettleSeconds = 2 };
        _configuration.Methods["Shop"] = new() { Policy = "two" };
        _configuration.Methods["Shop.Orders.Read"] = new() { Policy = "one" };

        Assert.That(InForce("Shop.Orders.Read"), Is.EqualTo("GraceSeconds=1"));
    }

    [Test]
    public void a_policy_wins_over_the_one_that_it_names()
    {
        _configuration.Policies["patient"] = new() { GraceSeconds = 1, Policy = "base" };
        _configuration.Policies["base"] = new() { GraceSeconds = 2, SettleSeconds = 2 };
        _configuration.Methods["Shop"] = new() { Policy = "Patient" };

        Assert.That(InForce("Shop.Orders.Read"), Is.EqualTo("GraceSeconds=1 SettleSeconds=2"));
    }

    [Test]
    public void a_policy_of_the_name_that_was_compiled_in_takes_its_place()
    {
        _configuration.Policies["http"] = new() { GraceSeconds = 1 };

        Assert.That(InForce(new PlanOptions { Name = "Shop.Orders.Read", Policy = "http" }), Is.EqualTo("GraceSeconds=1"));
    }

    [TestCase("Shop.Orders+Line", "Shop.Orders.Line.Read")]
    [TestCase("Shop.Orders.Line", "Shop.Orders.Line.Read")]
    [TestCase("Shop.Orders", "Shop.Orders.Line.Read")]
    [TestCase("Shop.Box`1", "Shop.Box.Open")]
    [TestCase("Shop.Box`1+Lid`2.Open", "Shop.Box.Lid.Open")]
    [TestCase("shop.orders.READ", "Shop.Orders.Read", Description = "As everywhere in a configuration, keys have no case.")]
    public void nested_and_generic_types_are_named_as_in_the_source_or_as_reflection_has_them(string name, string method)
    {
        _configuration.Methods[name] = new() { GraceSeconds = 1 };

        Assert.That(InForce(method), Is.EqualTo("GraceSeconds=1"));
    }

    [Test]
    public void a_name_ends_with_a_whole_part()
    {
        _configuration.Methods["Shop.Orders.Re"] = _other;
        _configuration.Methods["Shop.Order"] = _other;

        Assert.That(InForce("Shop.Orders.Read"), Is.Empty);
    }

    [Test]
    public void what_does_not_fit_a_method_is_passed_over()
    {
        _configuration.Defaults = new() { MaxAttempts = 2, CacheSeconds = 5, OnTimeout = SitOutcome.ReturnDefault, GraceSeconds = 1 };

        Assert.That(
            InForce(new PlanOptions { Name = "Shop.Orders.Read", HasRetryMember = true, AlwaysHasResult = true }), Is.EqualTo("GraceSeconds=1"));
    }

    private string InForce(string method) => InForce(new PlanOptions { Name = method });

    private string InForce(PlanOptions method) => string.Join(
        ' ',
        PlanSettings.InForce(method, [Overlay.Read(_configuration, "Sitters")])
            .Select(value => $"{value.Setting.Name}={ConfigurableSetting.Text(value.Value)}"));
}
