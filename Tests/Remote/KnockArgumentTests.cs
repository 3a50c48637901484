using Sitters.Runtime.Remote;

namespace Tests.Remote;

/// <summary>Which arguments of a diagnostics session knock: one that others have chosen, or sent for another time, does nothing.</summary>
internal sealed class KnockArgumentTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void a_knock_is_of_this_version_in_time_and_has_an_id()
    {
        Assert.That(SittersEvents.IsKnock(Arguments("1", 30, "09afAF"), _now, out var id), Is.True);
        Assert.That(id, Is.EqualTo("09afAF"));
    }

    [TestCase("2", 30, "a")]
    [TestCase("", 30, "a")]
    [TestCase("1\0", 30, "a")]
    [TestCase("1", -1, "a", Description = "Its time is over: the source may have been made long after it was sent.")]
    [TestCase("1", 3601, "a")]
    [TestCase("1", 30, "")]
    [TestCase("1", 30, "x")]
    [TestCase("1", 30, "\"a\"")]
    [TestCase("1", 30, "a;v=1")]
    [TestCase("1", 30, "a=b")]
    [TestCase("1", 30, "a\0")]
    [TestCase("1", 30, "🙂")]
    [TestCase("1", 30, "../../etc/passwd")]
    [TestCase("1", 30, "٣")]
    public void anything_else_is_none(string version, int seconds, string id) =>
        Assert.That(SittersEvents.IsKnock(Arguments(version, seconds, id), _now, out _), Is.False);

    [TestCase("")]
    [TestCase(" 1795694430")]
    [TestCase("1795694430.5")]
    [TestCase("1e9")]
    [TestCase("-1")]
    [TestCase("99999999999999999999999999")]
    [TestCase("9223372036854775807")]
    [TestCase("soon")]
    public void a_time_that_is_no_number_is_none(string until)
    {
        var arguments = Arguments("1", 0, "a");
        arguments["until"] = until;

        Assert.That(SittersEvents.IsKnock(arguments, _now, out _), Is.False);
    }

    [Test]
    public void what_is_missing_or_endless_is_none()
    {
        Assert.That(SittersEvents.IsKnock(null, _now, out _), Is.False);
        Assert.That(SittersEvents.IsKnock(new Dictionary<string, string?>(), _now, out _), Is.False);
        Assert.That(SittersEvents.IsKnock(Arguments("1", 30, new string('a', 30_000)), _now, out _), Is.False);
        foreach (var missing in new[] { "v", "until", "id" })
        {
            var arguments = Arguments("1", 30, "a");
            arguments.Remove(missing);
            Assert.That(SittersEvents.IsKnock(arguments, _now, out _), Is.False, missing);
            arguments[missing] = null;
            Assert.That(SittersEvents.IsKnock(arguments, _now, out _), Is.False, missing);
        }
    }

    private static Dictionary<string, string?> Arguments(string version, int seconds, string id) => new()
    {
        ["v"] = version,
        ["until"] = _now.AddSeconds(seconds).ToUnixTimeSeconds().ToString(),
        ["id"] = id,
    };
}
