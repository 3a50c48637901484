namespace Sitters.Fody.Rewriting;

/// <summary>
/// Repeats on woven code what the source's attributes say to the trimmer and the native compiler. Otherwise they would warn about code
/// that nobody wrote, or remove what it needs.
/// </summary>
internal static class TrimmerAttributes
{
    private const string Namespace = "System.Diagnostics.CodeAnalysis.";
    private const string Suppress = Namespace + "UnconditionalSuppressMessageAttribute";

    /// <summary>What a caller has to expect, and the category and code of the warning about it.</summary>
    private static readonly (string Attribute, string Category, string Code)[] _requirements =
    [
        (Namespace + "RequiresUnreferencedCodeAttribute", "Trimming", "IL2026"),
        (Namespace + "RequiresDynamicCodeAttribute", "AOT", "IL3050"),
        (Namespace + "RequiresAssemblyFilesAttribute", "SingleFile", "IL3002"),
    ];

    /// <summary>Which members must be kept of a type that passes through a parameter, a generic parameter or a field.</summary>
    public static void CopyNeeds(ICustomAttributeProvider original, ICustomAttributeProvider copy) =>
        Copy(original, copy, name => name == Namespace + "DynamicallyAccessedMembersAttribute");

    /// <summary>What applies to a body applies to it wherever it is.</summary>
    public static void CopyBody(MethodDefinition method, MethodDefinition moved) =>
        Copy(method, moved, name => name == Suppress || _requirements.Any(requirement => requirement.Attribute == name));

    /// <summary>Callers see the requirement on the method itself; the carrier's call of the body must not warn again.</summary>
    public static void SuppressRequirements(MethodDefinition method, TypeDefinition carrier, ModuleReferences references)
    {
        foreach (var (attribute, category, code) in _requirements)
        {
            if (!Has(method, attribute) && !Has(method.DeclaringType, attribute))
            {
                continue;
            }

            var suppression = new CustomAttribute(references.Constructor(Suppress, "System.String", "System.String"));
            suppression.ConstructorArguments.Add(new CustomAttributeArgument(references.String, category));
            suppression.ConstructorArguments.Add(new CustomAttributeArgument(references.String, code));
            carrier.CustomAttributes.Add(suppression);
        }
    }

    private static bool Has(ICustomAttributeProvider provider, string name) =>
        provider.HasCustomAttributes && provider.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == name);

    private static void Copy(ICustomAttributeProvider original, ICustomAttributeProvider copy, Func<string, bool> isCopied)
    {
        if (!original.HasCustomAttributes)
        {
            return;
        }

        foreach (var attribute in original.CustomAttributes.Where(attribute => isCopied(attribute.AttributeType.FullName)))
        {
            copy.CustomAttributes.Add(attribute);
        }
    }
}
