namespace Benchmarks.Weaving;

/// <summary>What methods generated code consists of.</summary>
internal enum CodeKinds
{
    /// <summary>Of all kinds that programs have.</summary>
    All,

    /// <summary>Methods with [Sit] and one await.</summary>
    Bare,
}
