namespace Sitters.Rules.Checking;

/// <summary>A timeout or a cancel that is told to return <c>default</c> where its type says that there always is a result.</summary>
internal static class ResultChecks
{
    public static IEnumerable<Finding> Of(Sat sat)
    {
        if (!sat.ResultIsNeverNull)
        {
            yield break;
        }

        if (sat.HasTimeout && sat.OnTimeout == CallerOutcome.ReturnDefault)
        {
            yield return Problem(sat, KnownSettings.OnTimeout, "its time is over");
        }

        if (sat.OnCancel == CallerOutcome.ReturnDefault)
        {
            yield return Problem(sat, KnownSettings.OnCancel, "it is cancelled");
        }
    }

    private static Finding Problem(Sat sat, Setting setting, string when)
    {
        var finding = KnownRules.AmbiguousDefault.Broken(
            $"{sat.Name} returns default when {when}, but {sat.ResultName} can't say \"no result\". "
                + $"Make the result nullable, or leave {setting} at Auto.",
            sat.Location);
        return finding with { Settings = [setting] };
    }
}
