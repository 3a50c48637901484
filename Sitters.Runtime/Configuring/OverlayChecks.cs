using Sitters.Rules;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Configuring;

/// <summary>What is wrong with a configuration: all of it, in the sense of what the weaver says of attributes.</summary>
/// <param name="overlay">The configuration.</param>
/// <param name="stack">It, and what else holds where it is in force; the closest first.</param>
/// <param name="methods">The sat methods that it may speak of.</param>
internal sealed class OverlayChecks(Overlay overlay, IReadOnlyList<Overlay> stack, IReadOnlyList<PlanOptions> methods)
{
    public IEnumerable<string> Problems() =>
    [
        .. Values(), .. MissingNames(), .. UnknownPolicies(), .. Circles(), .. Patterns(), .. Namesakes(), .. UnknownMethods(), .. Misfits(),
        .. IdleLimits(areMeant: true),
    ];

    public IEnumerable<string> Warnings() => [.. IdleRules(), .. IdleLimits(areMeant: false)];

    private IEnumerable<string> IdleRules()
    {
        foreach (var (to, set) in overlay.Rules)
        {
            var matched = methods.Where(method => Overlay.Matches(to, method.Name)).ToList();
            if (matched.Count == 0)
            {
                yield return $"{set.Where}: To = '{to}' matches no sat method that is known by now{NearestTo(to)}";
                continue;
            }

            foreach (var misfit in MisfitsAmong(set, matched))
            {
                yield return misfit;
            }
        }
    }

    /// <summary>The end of a sentence: what a pattern was probably meant to match.</summary>
    private string NearestTo(string pattern)
    {
        var anyCase = MethodPattern.Parse(pattern.ToUpperInvariant());
        return methods.FirstOrDefault(method => anyCase.Matches(method.Name.ToUpperInvariant())) is { } other
            ? $": it differs from '{other.Name}' in upper and lower case, which count in To. Write them as there."
            : Nearest.EndWith(pattern.AsSpan().ContainsAny('*', '?') ? null : Nearest.ToFull(pattern, [.. methods.Select(static method => method.Name)]));
    }

    private IEnumerable<string> Values()
    {
        foreach (var value in overlay.All.SelectMany(static set => set.Values))
        {
            var where = value.From[..value.From.LastIndexOf(':')];
            if (value.Setting.RangeProblem(value.Value) is { } problem)
            {
                yield return $"{where}: {problem}.";
            }
            else if (value.Value is Enum choice && !Enum.IsDefined(choice.GetType(), choice))
            {
                yield return $"{where}: {value.Setting.Name} = {choice} is unknown; write {value.Setting.Expected}.";
            }
        }
    }

    private IEnumerable<string> MissingNames()
    {
        if (overlay.Policies.Keys.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"{overlay.Origin}:Policies: an entry has no name, by which Policy could name it. Give it one, or take it out.";
        }

        if (overlay.Methods.ContainsKey(""))
        {
            yield return $"{overlay.Origin}:Methods: an entry has no name. Say Namespace.Type.Method, a type or a namespace; for all methods there is Defaults.";
        }
    }

    private IEnumerable<string> UnknownPolicies() =>
        from set in overlay.All
        where set.Policy is { } name && !overlay.Policies.ContainsKey(name)
        select $"{set.Where}: Policy = '{set.Policy}': there is no such entry under {overlay.Origin}:Policies"
            + $"{Nearest.End(set.Policy!, overlay.Policies.Keys)} The policies of FodyWeavers.xml are compiled in.";

    private IEnumerable<string> Circles()
    {
        // Each policy names one other at most, so a walk that meets its own trace has found a circle.
        var walked = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var start in overlay.Policies.Keys)
        {
            var name = start;
            while (name is not null && overlay.Policies.TryGetValue(name, out var policy) && walked.TryAdd(name, start))
            {
                name = policy.Policy;
            }

            if (name is not null && walked.TryGetValue(name, out var walk) && walk == start)
            {
                walked[name] = "";
                yield return $"{overlay.Policies[name].Where}: the policies go in a circle: none of them stands behind the others. "
                    + "Take Policy out of one of them.";
            }
        }
    }

    private IEnumerable<string> Patterns() =>
        from rule in overlay.Rules
        where !Overlay.IsPattern(rule.To)
        select $"{rule.Set.Where}: To = '{rule.To}' names no method; say Namespace.Type.Method, with * and ? as wildcards, without blanks.";

    private IEnumerable<string> Namesakes() =>
        from keys in overlay.Namesakes
        select $"{overlay.Origin}:Methods: {string.Join(" and ", keys.Select(static key => $"'{key}'"))} name the same. Put all settings under one of them.";

    private IEnumerable<string> UnknownMethods()
    {
        if (overlay.Methods.Count == 0)
        {
            yield break;
        }

        var known = new HashSet<string>(methods.SelectMany(static method => WithOuter(method.Name)), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, set) in overlay.Methods)
        {
            if (name.Length > 0 && !known.Contains(name))
            {
                yield return $"{set.Where}: there is no sat method, type or namespace of this name{Nearest.EndWith(Nearest.ToFull(name, known))} "
                    + "For what is loaded later, such as a plug-in, use Apply.";
            }
        }
    }

    /// <summary>A setting that none of the methods can have that an entry names.</summary>
    private IEnumerable<string> Misfits() => overlay.Methods.SelectMany(entry =>
        MisfitsAmong(entry.Value, [.. methods.Where(method => WithOuter(method.Name).Contains(entry.Key, StringComparer.OrdinalIgnoreCase))]));

    private static IEnumerable<string> MisfitsAmong(SettingSet set, List<PlanOptions> named) =>
        from value in set.Values
        where named.Count > 0 && named.TrueForAll(method => PlanSettings.WhyNot(method, value) is not null)
        select $"{set.Where}: {value.Setting.Name} = {ConfigurableSetting.Text(value.Value)}: {named[0].Name} {PlanSettings.WhyNot(named[0], value)}.";

    /// <summary>
    /// Limits for the attempt that the call's own limit comes before: one sentence for each entry that makes some, whatever their number.
    /// </summary>
    /// <param name="areMeant">
    /// Those that somebody has written for these very methods, by a name or by setting both limits; else those that came about where a setting
    /// for many methods met what is compiled into some.
    /// </param>
    private IEnumerable<string> IdleLimits(bool areMeant)
    {
        var idle = new Dictionary<string, (string Sentence, int Count)>();
        foreach (var method in methods)
        {
            var values = PlanSettings.InForce(method, stack);
            SettingValue[] parts = [.. values.Where(static value => IsLimit(value.Setting))];
            var options = PlanSettings.Apply(method, values);
            if (options.TimeoutSeconds > 0
                && options.AttemptTimeoutSeconds >= options.TimeoutSeconds
                && parts.FirstOrDefault(part => part.From.StartsWith(overlay.Origin + ":", StringComparison.Ordinal)) is { } part
                && areMeant == (parts.Length > 1 || part.From.StartsWith($"{overlay.Origin}:Methods:", StringComparison.Ordinal)))
            {
                var sentence = $"{part.From}: AttemptTimeoutSeconds = {ConfigurableSetting.Text(options.AttemptTimeoutSeconds)} has no effect on "
                    + $"{method.Name}: TimeoutSeconds = {ConfigurableSetting.Text(options.TimeoutSeconds)}, which is not longer, ends the whole call "
                    + "first. Make AttemptTimeoutSeconds shorter, or 0 for none";
                idle[part.From] = idle.TryGetValue(part.From, out var known) ? known with { Count = known.Count + 1 } : (sentence, 0);
            }
        }

        return idle.Values.Select(static entry => entry.Sentence + entry.Count switch
        {
            0 => ".",
            1 => " (1 more method).",
            var count => $" ({count} more methods).",
        });
    }

    private static bool IsLimit(ConfigurableSetting setting) =>
        setting == ConfigurableSettings.TimeoutSeconds || setting == ConfigurableSettings.AttemptTimeoutSeconds;

    private static IEnumerable<string> WithOuter(string name)
    {
        for (; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
        {
            yield return name;
        }
    }
}
