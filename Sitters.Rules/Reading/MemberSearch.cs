namespace Sitters.Rules.Reading;

/// <summary>Finds the member that a setting means, or says why there is none.</summary>
/// <param name="members">What is asked of members.</param>
/// <param name="typeName">The type in which the search begins, for the message.</param>
/// <param name="isStatic">Whether the sat method is static.</param>
/// <param name="knowsInstance">Whether the sat method has an instance of the type at hand.</param>
internal sealed class MemberSearch<TMember>(IMembers<TMember> members, string typeName, bool isStatic, bool knowsInstance)
    where TMember : class
{
    /// <summary>Of two overloads, the one that takes the context is preferred.</summary>
    /// <param name="name">The name.</param>
    /// <param name="level">The members of one type.</param>
    /// <param name="fits">Whether a member has the right shape.</param>
    public TMember? In(string name, IEnumerable<TMember> level, Func<TMember, bool> fits) => level
        .Where(member => members.NameOf(member) == name && IsUsable(member, fits))
        .OrderByDescending(members.HasParameters)
        .FirstOrDefault();

    /// <param name="name">The name.</param>
    /// <param name="all">The members of all types that were searched.</param>
    /// <param name="others">The names of whatever else is in them.</param>
    /// <param name="fits">Whether a member has the right shape.</param>
    /// <param name="shape">What shape that is.</param>
    public MissingMember Missing(
        string name, IReadOnlyList<TMember> all, IEnumerable<string> others, Func<TMember, bool> fits, string shape)
    {
        var named = all.Where(member => members.NameOf(member) == name).ToArray();
        if (named.Any(fits))
        {
            return new MissingMember(name, isStatic
                ? $"'{name}' of {typeName} is an instance member, but the method is static: make it static"
                : $"'{name}' of {typeName} is an instance member that this method has no instance for: make it static");
        }

        var usable = all.Where(member => IsUsable(member, fits) && !members.IsSat(member)).Select(members.NameOf).Distinct().ToArray();
        var candidates = usable.Length == 0 ? "there is no other candidate" : $"candidates are {string.Join(", ", usable)}";
        if (named.Length > 0 || others.Contains(name))
        {
            return new MissingMember(name, $"'{name}' of {typeName} {shape}; {candidates}");
        }

        var nearest = Nearest.To(name, usable);
        var problem = $"{typeName} has no member '{name}'; {candidates}{Nearest.Hint(nearest)}";
        return new MissingMember(name, problem, nearest, CanBeAdded: true);
    }

    private bool IsUsable(TMember member, Func<TMember, bool> fits) => fits(member) && (members.IsStatic(member) || knowsInstance);
}
