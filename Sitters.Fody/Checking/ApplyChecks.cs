namespace Sitters.Fody.Checking;

/// <summary>An <c>&lt;Apply&gt;</c> that sits nothing: a renamed namespace would lose its settings unseen.</summary>
internal static class ApplyChecks
{
    public static IEnumerable<Finding> Of(Subject subject)
    {
        var used = new HashSet<ApplyRule>(subject.UsedRules);
        var names = new Lazy<string[]>(() => [.. subject.Module.GetTypes().SelectMany(type => type.Methods).Select(Names.Of)]);
        foreach (var rule in subject.Configuration.Rules.Where(rule => !used.Contains(rule)))
        {
            var why = Array.Find(names.Value, name => rule.Matches(name)) is { } matched
                ? $"matches no method that it could sit ({matched}, for one, is none): it passes over methods that return no task or "
                    + "stream, generated code, and, without IncludeNotAsync, over those that are not async"
                : "matches no method. Write the full names, namespace and type included, with * and ? as wildcards";
            yield return KnownRules.ApplyWithoutMatch.Broken($"{rule.Layer.Where} {why}", rule.Layer.Location);
        }
    }
}
