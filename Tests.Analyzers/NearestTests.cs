using Sitters.Rules;

namespace Tests.Analyzers;

/// <summary>What a misspelt name was probably meant to be.</summary>
internal sealed class NearestTests
{
    private static readonly string[] _settings =
        ["W", "To", "OnTimeout", "TimeoutSeconds", "TimeoutHooks", "AttemptTimeoutSeconds", "RetryOn", "Retry", "Grace"];

    [TestCase("Timeout", "TimeoutSeconds")]
    [TestCase("timeout", "TimeoutSeconds")]
    [TestCase("Retr", "Retry")]
    [TestCase("RetryO", "RetryOn")]
    public void what_begins_with_it_is_meant_most_of_all(string name, string nearest) =>
        Assert.That(Nearest.To(name, _settings), Is.EqualTo(nearest));

    [TestCase("Garce", "Grace")]
    [TestCase("Tu", "To")]
    [TestCase("w", "W")]
    public void else_what_differs_least(string name, string nearest) =>
        Assert.That(Nearest.To(name, _settings), Is.EqualTo(nearest));

    [TestCase("0")]
    [TestCase("T")]
    [TestCase("10")]
    [TestCase("")]
    [TestCase("CompletelyOther")]
    public void nothing_is_meant_that_has_nothing_of_it(string name) => Assert.That(Nearest.To(name, _settings), Is.Null);

    [Test]
    public void a_namespace_does_not_mean_what_is_far_inside_it() =>
        Assert.That(Nearest.To("Shop", ["Shop.Orders.Read", "Shop.Orders.Write"]), Is.Null);

    [TestCase("Orders.Read")]
    [TestCase("Shop.Orders.Re")]
    [TestCase("Orders.Raed")]
    public void of_a_full_name_the_beginning_may_be_missing(string name) =>
        Assert.That(Nearest.ToFull(name, ["Shop.Orders.Write", "Shop.Orders.Read"]), Is.EqualTo("Shop.Orders.Read"));
}
