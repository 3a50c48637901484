namespace Sitters.Rules.Reading;

/// <summary>What is asked of members that a setting may name.</summary>
internal interface IMembers<TMember>
{
    string NameOf(TMember member);

    bool IsStatic(TMember member);

    bool HasParameters(TMember member);

    /// <summary>Whether it bears the attribute itself, and so is not likely to be meant.</summary>
    bool IsSat(TMember member);
}
