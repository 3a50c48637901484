using System.Text.RegularExpressions;

namespace Sitters.Fody.Diagnostics;

/// <summary>
/// Whether a <c>[SuppressMessage]</c> takes a warning from a member: on it, on what it is declared in, or on the assembly with the member,
/// type or namespace as its target.
/// </summary>
internal static class SuppressedMessages
{
    private const string Namespace = "System.Diagnostics.CodeAnalysis.";
    private const string Conditional = Namespace + "SuppressMessageAttribute";
    private const string Unconditional = Namespace + "UnconditionalSuppressMessageAttribute";

    // A method's own type parameters, and the mark of members in the form that older tools write.
    private static readonly Regex _leftOut = new(@"``\d+$|(?<=\.)#(?!c?ctor)", RegexOptions.CultureInvariant);

    public static bool Suppress(Rule rule, IMemberDefinition? member, ModuleDefinition module)
    {
        for (var owner = member; owner is not null; owner = owner.DeclaringType)
        {
            if (Of(owner, rule).Any())
            {
                return true;
            }

            if (owner is MethodDefinition method
                && method.DeclaringType.Properties.FirstOrDefault(property => property.GetMethod == method) is { } ofGetter
                && Of(ofGetter, rule).Any())
            {
                return true;
            }
        }

        return Of(module, rule).Concat(Of(module.Assembly, rule)).Any(attribute => IsTarget(attribute, member));
    }

    /// <summary>Takes out what only the weaver was to see. The compiler leaves SuppressMessage out of the assembly as a rule.</summary>
    public static void Remove(ModuleDefinition module)
    {
        var types = module.GetTypes().ToArray();
        var owners = new ICustomAttributeProvider[] { module, module.Assembly }
            .Concat(types)
            .Concat(types.SelectMany(type => type.Methods))
            .Concat(types.SelectMany(type => type.Fields))
            .Concat(types.SelectMany(type => type.Properties))
            .Concat(types.SelectMany(type => type.Events))
            .Concat(types.SelectMany(type => type.Methods).SelectMany(method => method.Parameters))
            .Concat(types.SelectMany(type => type.Methods).Select(method => method.MethodReturnType))
            .Concat(types.SelectMany(type => type.GenericParameters))
            .Concat(types.SelectMany(type => type.Methods).SelectMany(method => method.GenericParameters));
        foreach (var owner in owners.Where(owner => owner.HasCustomAttributes))
        {
            foreach (var attribute in owner.CustomAttributes.Where(attribute => attribute.AttributeType.FullName == Conditional).ToArray())
            {
                owner.CustomAttributes.Remove(attribute);
            }
        }
    }

    private static IEnumerable<CustomAttribute> Of(ICustomAttributeProvider owner, Rule rule) => owner.HasCustomAttributes
        ? owner.CustomAttributes.Where(attribute =>
            attribute.AttributeType.FullName is Conditional or Unconditional
            && attribute.ConstructorArguments.Count == 2
            && attribute.ConstructorArguments[1].Value is string id
            && id.Split(':')[0].Trim() == rule.Id)
        : [];

    /// <summary>A target is a documentation id, such as <c>~M:Shop.Orders.Sync(System.Int32)</c>; without one it is everything.</summary>
    private static bool IsTarget(CustomAttribute attribute, IMemberDefinition? member)
    {
        var scope = Property(attribute, "Scope")?.ToUpperInvariant();
        if (Property(attribute, "Target") is not { Length: > 0 } target || scope is null or "MODULE")
        {
            return true;
        }

        if (member is null)
        {
            return false;
        }

        var name = target.Substring(target.IndexOf(':') + 1).Split('(', '~')[0];
        var type = member as TypeDefinition ?? member.DeclaringType;
        var typeName = type.FullName.Replace('/', '.');
        return scope switch
        {
            "MEMBER" => NamesOf(member).Contains(_leftOut.Replace(name, "")),
            "TYPE" => typeName == name || typeName.StartsWith(name + ".", StringComparison.Ordinal),
            "NAMESPACE" => NamespaceOf(type) == name,
            "NAMESPACEANDDESCENDANTS" => $"{NamespaceOf(type)}.".StartsWith(name + ".", StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>The member in a documentation id; a getter also as its property.</summary>
    private static IEnumerable<string> NamesOf(IMemberDefinition member)
    {
        var type = member.DeclaringType?.FullName.Replace('/', '.');
        var name = member.Name.Replace('.', '#').Replace('<', '{').Replace('>', '}').Replace(',', '@');
        yield return $"{type}.{name}";
        if (member is MethodDefinition { IsGetter: true })
        {
            yield return $"{type}.{name.Replace("get_", "")}";
        }
    }

    private static string NamespaceOf(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Namespace;
    }

    private static string? Property(CustomAttribute attribute, string name) =>
        attribute.Properties.FirstOrDefault(property => property.Name == name).Argument.Value as string;
}
