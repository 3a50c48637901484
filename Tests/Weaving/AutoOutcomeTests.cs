namespace Tests.Weaving;

/// <summary>What a timed-out or cancelled call gives its caller where nothing is said: never a default that passes for an answer.</summary>
internal sealed class AutoOutcomeTests
{
    private const string Throw = "2";

    private static readonly Lazy<Woven> _woven = new(() => Weaver.Weave(Subject.Debug));

    [TestCase("Nothing")]
    [TestCase("NullableNumber")]
    [TestCase("NullableText")]
    [TestCase("NullableArray")]
    [TestCase("Union")]
    [TestCase("OfNullableValue")]
    [TestCase("OfClass")]
    [TestCase("OfBase")]
    [TestCase("Oblivious")]
    public void a_result_that_can_say_none_is_left_at_its_default(string method) =>
        Assert.That(Plan(method), Does.Not.ContainKey("AutoOutcome"));

    [TestCase("Number")]
    [TestCase("Text")]
    [TestCase("Map")]
    [TestCase("OfValue")]
    [TestCase("OfInterface")]
    [TestCase("OfAnything")]
    [TestCase("ObliviousAnything")]
    [TestCase("Stream")]
    public void a_result_that_may_pass_for_an_answer_and_a_stream_throw(string method) =>
        Assert.That(Plan(method)["AutoOutcome"], Is.EqualTo(Throw));

    private static IReadOnlyDictionary<string, string> Plan(string method)
    {
        using var module = _woven.Value.Read();
        return module.PlanOf("AssemblyToProcess.Outcomes", method)!;
    }
}
