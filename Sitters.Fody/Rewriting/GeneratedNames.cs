using Mono.Collections.Generic;

namespace Sitters.Fody.Rewriting;

/// <summary>Names that no source can have, numbered if an overload or another weaver has taken them.</summary>
internal static class GeneratedNames
{
    public static string ForMethod(TypeDefinition type, string name) => Free(name, type.Methods);

    public static string ForNested(TypeDefinition type, string name) => Free(name, type.NestedTypes);

    private static string Free<T>(string name, Collection<T> members)
        where T : IMemberDefinition
    {
        var free = name;
        for (var number = 2; IsTaken(free, members); number++)
        {
            free = name + number;
        }

        return free;
    }

    // Called for each member that is added, so it allocates neither a list of all names nor an enumerator.
    private static bool IsTaken<T>(string name, Collection<T> members)
        where T : IMemberDefinition
    {
        for (var index = 0; index < members.Count; index++)
        {
            if (members[index].Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
