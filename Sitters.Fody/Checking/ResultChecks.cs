namespace Sitters.Fody.Checking;

/// <summary>A timeout or a cancel that is told to return <c>default</c> where its type says that there always is a result.</summary>
internal static class ResultChecks
{
    public static IEnumerable<Diagnostic> Of(SatMethod sat)
    {
        if (sat.Result is not { } result || !Nullability.IsNeverNull(sat.Method, result))
        {
            yield break;
        }

        if (sat.HasTimeout && sat.OnTimeout == CallerOutcome.ReturnDefault)
        {
            yield return Problem(sat, result, KnownSettings.OnTimeout, "its time is over");
        }

        if (sat.OnCancel == CallerOutcome.ReturnDefault)
        {
            yield return Problem(sat, result, KnownSettings.OnCancel, "it is cancelled");
        }
    }

    private static Diagnostic Problem(SatMethod sat, TypeReference result, Setting setting, string when) => Rules.AmbiguousDefault.Broken(
        $"{sat.Name} returns default when {when}, but {Names.Of(result)} can't say \"no result\". "
            + $"Make the result nullable, or leave {setting} at Auto.",
        sat.Location);
}
