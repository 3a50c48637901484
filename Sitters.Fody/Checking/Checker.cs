using Sitters.Rules.Checking;

namespace Sitters.Fody.Checking;

/// <summary>Finds everything that is wrong before anything is changed: all of it, not only the first problem.</summary>
internal static class Checker
{
    public static IEnumerable<Finding> Check(Subject subject, WeaverFailures failures)
    {
        var found = new List<Finding>();
        found.AddRange(subject.Configuration.Problems);
        found.AddRange(PolicyChecks.Of(subject.Configuration));
        found.AddRange(subject.Configuration.Policies.Values.SelectMany(RangeChecks.Of));
        found.AddRange(subject.Configuration.Rules.SelectMany(rule => RangeChecks.Of(rule.Layer)));
        found.AddRange(RangeChecks.Of(subject.Configuration.Defaults));
        found.AddRange(subject.Layers.SelectMany(layer => LayerChecks.Of(layer, subject.Configuration)));
        foreach (var method in subject.SatMethods)
        {
            failures.Catch(method.Method, () => found.AddRange(MethodChecks.Of(method)));
        }

        found.AddRange(EffectChecks.Of(
            subject.SatMethods, subject.Layers.Concat(subject.Configuration.Rules.Select(rule => rule.Layer))));
        found.AddRange(ApplyChecks.Of(subject));
        return found;
    }
}
