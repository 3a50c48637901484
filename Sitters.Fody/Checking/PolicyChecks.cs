namespace Sitters.Fody.Checking;

/// <summary>Policies that are named: by attributes, by the elements of FodyWeavers.xml, and by one another.</summary>
internal static class PolicyChecks
{
    public static IEnumerable<Diagnostic> Of(Subject subject)
    {
        var policies = subject.Configuration.Policies;
        var layers = subject.Configuration.Rules.Select(rule => rule.Layer)
            .Prepend(subject.Configuration.Defaults)
            .Concat(policies.Values)
            .Concat(subject.Layers);
        foreach (var layer in layers.Where(layer => layer.Policy is { } name && !policies.ContainsKey(name)))
        {
            var hint = Nearest.Hint(layer.Policy!, policies.Keys);
            yield return Rules.UnknownConfiguration.Broken(
                $"{layer.Where}: there is no <Policy Name=\"{layer.Policy}\"> in FodyWeavers.xml{hint}", layer.Location);
        }

        // Each policy names one other at most, so a walk that meets its own trace has found a circle.
        var walked = new Dictionary<string, string>();
        foreach (var start in policies.Keys)
        {
            var name = start;
            while (name is not null && policies.TryGetValue(name, out var policy) && !walked.ContainsKey(name))
            {
                walked.Add(name, start);
                name = policy.Policy;
            }

            if (name is not null && walked.TryGetValue(name, out var walk) && walk == start)
            {
                walked[name] = "";
                yield return Circle(name, policies);
            }
        }
    }

    private static Diagnostic Circle(string first, IReadOnlyDictionary<string, Layer> policies)
    {
        var names = new List<string> { first };
        for (var name = policies[first].Policy!; name != first; name = policies[name].Policy!)
        {
            names.Add(name);
        }

        names.Add(first);
        return Rules.ExclusiveSettings.Broken(
            $"{policies[first].Where}: the policies {string.Join(" -> ", names)} go in a circle: none of them stands behind the others. "
                + "Take Policy out of one of them",
            policies[first].Location);
    }
}
