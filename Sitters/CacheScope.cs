namespace Sitters;

/// <summary>Which instances share a cache of results.</summary>
public enum CacheScope
{
    /// <summary>Each instance has its own cache, which dies with it and does not keep it alive.</summary>
    PerInstance,

    /// <summary>All instances share one cache; in a <see cref="SitterScope"/>, one that is the scope's alone.</summary>
    Shared,
}
