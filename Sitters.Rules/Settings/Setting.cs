namespace Sitters.Rules.Settings;

/// <summary>One property of <c>[Sit]</c>, which is also an XML attribute of the same name.</summary>
internal sealed record Setting(string Name, SettingKind Kind)
{
    /// <summary>The default value in the runtime's plan; null if the setting is not part of the plan.</summary>
    public object? PlanDefault { get; init; }

    /// <summary>The names of the values of an enumeration; the position is the value.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    public double Minimum { get; init; }

    public double Maximum { get; init; } = double.MaxValue;

    /// <summary>Zero means "none": it makes sense only where it overrides what an outer level sets.</summary>
    public bool ZeroIsNone { get; init; }

    /// <summary>If the setting names hooks, what the runtime calls their event.</summary>
    public string? HookEvent { get; init; }

    public override string ToString() => Name;
}
