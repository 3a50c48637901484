namespace Tests.Interleavings.Rewriting;

/// <summary>A field of a lock that is not always taken any more.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class UnguardedAttribute : Attribute;
