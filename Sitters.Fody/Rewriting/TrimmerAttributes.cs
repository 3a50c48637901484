namespace Sitters.Fody.Rewriting;

/// <summary>
/// What the source tells the trimmer and the native compiler by attributes, told of woven code too: else they would warn of code that
/// nobody wrote, or remove what it needs.
/// </summary>
internal static class TrimmerAttributes
{
    private const string Namespace = "System.Diagnostics.CodeAnalysis.";
    private const string Suppress = Namespace + "UnconditionalSuppressMessageAttribute";

    /// <summary>What a caller has to expect, and the code of the warning that tells him.</summary>
    private static readonly (string Attribute, string Category, string Code)[] _requirements =
    [
        (Namespace + "RequiresUnreferencedCodeAttribute", "Trimming", "IL2026"),
        (Namespace + "RequiresDynamicCodeAttribute", "AOT", "IL3050"),
        (Namespace + "RequiresAssemblyFilesAttribute", "SingleFile", "IL3002"),
    ];

    /// <summary>Which members a type must still have that comes this way: a parameter, a generic parameter, a field.</summary>
    public static void CopyNeeds(ICustomAttributeProvider original, ICustomAttributeProvider copy) =>
        Copy(original, copy, name => name == Namespace + "DynamicallyAccessedMembersAttribute");

    /// <summary>What goes for a body goes for it wherever it is.</summary>
    public static void CopyBody(MethodDefinition method, MethodDefinition moved) =>
        Copy(method, moved, name => name == Suppress || _requirements.Any(requirement => requirement.Attribute == name));

    /// <summary>Who calls a method that requires something is told at the method itself; that the carrier calls its body is no news.</summary>
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
