namespace Sitters.Rules.Checking;

/// <summary>Policies that are named: by attributes, by the elements of FodyWeavers.xml, and by one another.</summary>
internal static class PolicyChecks
{
    /// <summary>What the file itself says of them.</summary>
    public static IEnumerable<Finding> Of(Configuration configuration)
    {
        var policies = configuration.Policies;
        var layers = configuration.Rules.Select(rule => rule.Layer).Prepend(configuration.Defaults).Concat(policies.Values);
        foreach (var finding in layers.SelectMany(layer => Of(layer, configuration)))
        {
            yield return finding;
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

    /// <summary>A policy that a layer names and the file does not have.</summary>
    public static IEnumerable<Finding> Of(Layer layer, Configuration configuration)
    {
        if (layer.Policy is { } name && !configuration.Policies.ContainsKey(name))
        {
            var nearest = Nearest.To(name, configuration.Policies.Keys);
            var finding = KnownRules.UnknownConfiguration.Broken(
                $"{layer.Where}: there is no <Policy Name=\"{name}\"> in FodyWeavers.xml{Nearest.Hint(nearest)}", layer.Location);
            yield return finding with { Settings = [KnownSettings.Policy], Missing = new MissingMember(name, finding.Text, nearest) };
        }
    }

    private static Finding Circle(string first, IReadOnlyDictionary<string, Layer> policies)
    {
        var names = new List<string> { first };
        for (var name = policies[first].Policy!; name != first; name = policies[name].Policy!)
        {
            names.Add(name);
        }

        names.Add(first);
        return KnownRules.ExclusiveSettings.Broken(
            $"{policies[first].Where}: the policies {string.Join(" -> ", names)} go in a circle: none of them stands behind the others. "
                + "Take Policy out of one of them",
            policies[first].Location);
    }
}
