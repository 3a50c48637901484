namespace Tests.Interleavings.Exploring;

internal static class Findings
{
    /// <summary>Fails the test if a schedule has failed.</summary>
    public static void Judge(Explorer explorer)
    {
        if (explorer.Found is { } found)
        {
            // What the failed run has left behind would fail others.
            Subject.Renew();
            Assert.Fail($"{found}");
        }
    }
}
