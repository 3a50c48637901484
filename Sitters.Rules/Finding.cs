namespace Sitters.Rules;

/// <summary>A rule that is broken, and where in the source, if that is known.</summary>
internal sealed record Finding(Rule Rule, string Text, Place? Location, string Details = "")
{
    public bool IsError => Rule.Severity == Severity.Error;

    /// <summary>The method that it is about; null where it is about a whole type, assembly or file.</summary>
    public Sat? Sat { get; init; }

    /// <summary>The settings that are at fault.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Whether it is about FodyWeavers.xml, which only the weaver tells of.</summary>
    public bool IsOfFile { get; init; }

    /// <summary>The name that means no member.</summary>
    public MissingMember? Missing { get; init; }
}
