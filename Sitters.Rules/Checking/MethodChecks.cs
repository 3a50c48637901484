namespace Sitters.Rules.Checking;

/// <summary>Everything that can be wrong with one method by itself.</summary>
internal static class MethodChecks
{
    public static IEnumerable<Finding> Of(Sat sat)
    {
        IEnumerable<Finding>[] all =
            [ShapeChecks.Of(sat), SettingChecks.Of(sat), MemberChecks.Of(sat), ResultChecks.Of(sat), CacheChecks.Of(sat)];
        return all.SelectMany(findings => findings).Select(finding => finding with { Sat = sat });
    }
}
