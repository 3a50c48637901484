namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// What one instruction leaves on the evaluation stack; or, where branches meet with something on it, the one or the other value.
/// </summary>
/// <param name="Producer">The instruction; null where branches meet.</param>
/// <param name="Inputs">What it was made of: the operands in order, or the values that meet.</param>
internal sealed record Value(Instruction? Producer, IReadOnlyList<Value> Inputs)
{
    /// <summary>Where it is used, and as which operand. A value of which it is one alternative has no instruction of its own.</summary>
    public List<Use> Uses { get; } = [];

    public bool IsMeeting => Producer is null && Inputs.Count > 0;

    public bool Equals(Value? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <param name="Consumer">The instruction; null where branches meet.</param>
    /// <param name="Index">Which of its operands the value is.</param>
    /// <param name="Result">What comes out of it, if anything.</param>
    internal readonly record struct Use(Instruction? Consumer, int Index, Value? Result);
}
