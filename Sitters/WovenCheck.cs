using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Sitters;

/// <summary>Finds [Sit] methods that were not woven.</summary>
internal static class WovenCheck
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [RequiresUnreferencedCode("Looks at all types and methods of the assembly.")]
    public static void Run(Assembly assembly)
    {
        if (assembly.GetCustomAttributesData().Any(a => a.AttributeType.FullName == "Sitters.Runtime.CompilerServices.WovenAttribute"))
        {
            return;
        }

        if (FirstSat(assembly) is { } first)
        {
            throw new InvalidOperationException(
                $"{assembly.GetName().Name} bears [Sit] ({first}), but was not woven. Reference the package Sitters.Fody in that project "
                + "itself, and do not switch Fody off (DisableFody).");
        }
    }

    [RequiresUnreferencedCode("Looks at all types and methods of the assembly.")]
    private static string? FirstSat(Assembly assembly)
    {
        if (BearsSit(assembly.GetCustomAttributesData()))
        {
            return "on the assembly";
        }

        foreach (var type in assembly.GetTypes())
        {
            if (BearsSit(type.GetCustomAttributesData()))
            {
                return $"on {type}";
            }

            var member = type.GetMembers(Declared)
                .FirstOrDefault(m => m is MethodBase or PropertyInfo && BearsSit(m.GetCustomAttributesData()));
            if (member is not null)
            {
                return $"on {type}.{member.Name}";
            }
        }

        return null;
    }

    private static bool BearsSit(IEnumerable<CustomAttributeData> attributes) => attributes.Any(
        a => a.AttributeType == typeof(SitAttribute)
            && !a.NamedArguments.Any(n => n.MemberName == nameof(SitAttribute.Disabled) && n.TypedValue.Value is true));
}
