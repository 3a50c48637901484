namespace Sitters.Analyzers;

/// <summary>What a diagnostic says beside its text, for whoever mends it.</summary>
internal static class FixProperties
{
    /// <summary>The settings at fault, with commas between them.</summary>
    public const string Settings = nameof(Settings);

    /// <summary>Where a method is sat from; null where it is about a type or an assembly.</summary>
    public const string Level = nameof(Level);

    /// <summary>The name that means no member.</summary>
    public const string Name = nameof(Name);

    /// <summary>The name that was probably meant.</summary>
    public const string Nearest = nameof(Nearest);

    /// <summary>There where a member of the name could be added.</summary>
    public const string CanBeAdded = nameof(CanBeAdded);
}
