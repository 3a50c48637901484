namespace Sitters.Rules;

/// <summary>Where in the repository a rule is explained.</summary>
internal static class RuleAddress
{
    private const string GitSuffix = ".git";

    /// <summary>Null as long as the repository has no address.</summary>
    public static string? Of(string? repository, Rule rule)
    {
        if (string.IsNullOrWhiteSpace(repository))
        {
            return null;
        }

        var address = repository!.TrimEnd('/');
        if (address.EndsWith(GitSuffix, StringComparison.Ordinal))
        {
            address = address.Substring(0, address.Length - GitSuffix.Length);
        }

        return $"{address}/blob/main/{PageOf(rule)}";
    }

    public static string PageOf(Rule rule) => $"docs/errors/{rule.Id}.md";
}
