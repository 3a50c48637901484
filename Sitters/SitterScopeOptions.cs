namespace Sitters;

/// <summary>What a <see cref="SitterScope"/> is like.</summary>
public sealed class SitterScopeOptions
{
    /// <summary>Its name, for logs. Default: none.</summary>
    public string? Name { get; set; }

    /// <summary>The clock of its calls and caches. Default: the one in force where the scope begins.</summary>
    public TimeProvider? TimeProvider { get; set; }
}
