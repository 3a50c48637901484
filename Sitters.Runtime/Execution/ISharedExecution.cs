namespace Sitters.Runtime.Execution;

/// <summary>The execution of a call that several callers may share.</summary>
internal interface ISharedExecution
{
    /// <summary>Its <see cref="ISharedCall{T}"/>; null for a call with one caller.</summary>
    object? Sharing { get; }
}
