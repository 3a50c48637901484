using System.Collections.Immutable;
using System.Reflection;

namespace Sitters.Analyzers;

/// <summary>The rules as the compiler knows them. Errors stay errors, as the weaver has it.</summary>
internal static class Descriptors
{
    private const string Category = "Sitters";

    private static readonly Dictionary<string, DiagnosticDescriptor> _byId =
        KnownRules.All.Where(rule => rule.IsSeenInSource).ToDictionary(rule => rule.Id, Of);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = _byId.Values.ToImmutableArray();

    public static DiagnosticDescriptor For(Rule rule) => _byId[rule.Id];

    private static DiagnosticDescriptor Of(Rule rule)
    {
        var isError = rule.Severity == Severity.Error;
        return new DiagnosticDescriptor(
            rule.Id,
            rule.Title,
            "{0}",
            Category,
            isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            isEnabledByDefault: true,
            helpLinkUri: PageOf(rule),
            customTags: isError ? [WellKnownDiagnosticTags.NotConfigurable] : []);
    }

    /// <summary>The SDK writes the property RepositoryUrl, if it is set, into the assembly as metadata of the same name.</summary>
    private static string? PageOf(Rule rule) => RuleAddress.Of(
        typeof(Descriptors).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "RepositoryUrl")?.Value,
        rule);
}
