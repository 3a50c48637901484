namespace Sitters.Fody.Checking;

/// <summary>Finds everything that is wrong before anything is changed: all of it, not only the first problem.</summary>
internal static class Checker
{
    public static IEnumerable<Diagnostic> Check(Subject subject, WeaverFailures failures)
    {
        var found = new List<Diagnostic>();
        found.AddRange(subject.Configuration.Problems);
        found.AddRange(PolicyChecks.Of(subject));
        found.AddRange(subject.Configuration.Policies.Values.SelectMany(RangeChecks.Of));
        found.AddRange(subject.Configuration.Rules.SelectMany(rule => RangeChecks.Of(rule.Layer)));
        found.AddRange(RangeChecks.Of(subject.Configuration.Defaults));
        found.AddRange(subject.Layers.SelectMany(RangeChecks.Of));
        found.AddRange(subject.Layers.SelectMany(EmptyChecks.Of));
        foreach (var method in subject.SatMethods)
        {
            failures.Catch(method.Method, () =>
            {
                IEnumerable<Diagnostic>[] ofMethod =
                [
                    ShapeChecks.Of(method), SettingChecks.Of(method), MemberChecks.Of(method), ResultChecks.Of(method),
                    CacheChecks.Of(method),
                ];
                found.AddRange(ofMethod.SelectMany(checks => checks).Select(problem => problem with { Member = method.Method }));
            });
        }

        found.AddRange(EffectChecks.Of(subject));
        found.AddRange(ApplyChecks.Of(subject));
        return found;
    }
}
