using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Configuring;

/// <summary>One configuration, as it was when it was given.</summary>
internal sealed class Overlay
{
    private Overlay(
        string origin,
        SettingSet defaults,
        IReadOnlyDictionary<string, SettingSet> policies,
        IReadOnlyDictionary<string, SettingSet> methods,
        IReadOnlyList<IReadOnlyList<string>> namesakes,
        IReadOnlyList<(string To, SettingSet Set)> rules)
    {
        Origin = origin;
        Defaults = defaults;
        Policies = policies;
        Methods = methods;
        Namesakes = namesakes;
        Rules = rules;
    }

    /// <summary>What its keys begin with.</summary>
    public string Origin { get; }

    public SettingSet Defaults { get; }

    public IReadOnlyDictionary<string, SettingSet> Policies { get; }

    /// <summary>By names as the source has them.</summary>
    public IReadOnlyDictionary<string, SettingSet> Methods { get; }

    /// <summary>Keys of methods that are written in several ways, and name the same.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Namesakes { get; }

    public IReadOnlyList<(string To, SettingSet Set)> Rules { get; }

    public IEnumerable<SettingSet> All =>
        [Defaults, .. Policies.Values, .. Methods.Values, .. Rules.Select(static rule => rule.Set)];

    /// <summary>Runs code of the user's, whose collections may be of any type.</summary>
    public static Overlay Read(SitterConfiguration configuration, string origin)
    {
        var methods = configuration.Methods.GroupBy(static entry => Plain(entry.Key), StringComparer.OrdinalIgnoreCase).ToList();
        return new(
            origin,
            SettingSet.Read(configuration.Defaults, $"{origin}:Defaults"),
            configuration.Policies.ToDictionary(
                static policy => policy.Key, policy => SettingSet.Read(policy.Value, $"{origin}:Policies:{policy.Key}"), StringComparer.OrdinalIgnoreCase),
            methods.ToDictionary(
                static group => group.Key,
                group => SettingSet.Read(group.Last().Value, $"{origin}:Methods:{group.Last().Key}"),
                StringComparer.OrdinalIgnoreCase),
            [.. methods.Select(static group => group.Select(static entry => entry.Key).ToList()).Where(static keys => keys.Count > 1)],
            [
                .. configuration.Apply.Select((rule, index) =>
                    (To: rule?.To?.Trim() ?? "", SettingSet.Read(rule, $"{origin}:Apply:{index}"))),
            ]);
    }

    /// <summary>What it sets for a method, the closest first.</summary>
    public IEnumerable<SettingSet> For(PlanOptions method)
    {
        var sets = new List<SettingSet>();
        for (var name = method.Name; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
        {
            if (Methods.TryGetValue(name, out var set))
            {
                sets.Add(set);
            }
        }

        if (Rules.LastOrDefault(rule => Matches(rule.To, method.Name)).Set is { } last)
        {
            sets.Add(last);
        }

        var policy = sets.Append(Defaults).Select(static set => set.Policy).FirstOrDefault(static name => name is not null) ?? method.Policy;
        return [.. sets, .. PoliciesFrom(policy), Defaults];
    }

    public static bool Matches(string pattern, string method) => IsPattern(pattern) && MethodPattern.Parse(pattern).Matches(method);

    public static bool IsPattern(string text) => text.Length > 0 && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>A policy and those behind it, as far as there are.</summary>
    private List<SettingSet> PoliciesFrom(string? name)
    {
        var policies = new List<SettingSet>();
        while (name is not null && Policies.TryGetValue(name, out var policy) && !policies.Contains(policy))
        {
            policies.Add(policy);
            name = policy.Policy;
        }

        return policies;
    }

    /// <summary>Names of nested and generic types may be written as reflection has them: <c>Shop.Box`1+Lid</c>.</summary>
    private static string Plain(string name)
    {
        var plain = name.Trim().Replace('+', '.');
        for (var at = plain.IndexOf('`', StringComparison.Ordinal); at >= 0; at = plain.IndexOf('`', StringComparison.Ordinal))
        {
            var rest = plain.AsSpan(at + 1).TrimStart("0123456789");
            plain = string.Concat(plain.AsSpan(0, at), rest);
        }

        return plain;
    }
}
