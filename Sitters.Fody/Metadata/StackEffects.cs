namespace Sitters.Fody.Metadata;

/// <summary>How many values an instruction takes from the evaluation stack, and how many it leaves there.</summary>
internal static class StackEffects
{
    private static readonly int[] _counts = [.. Enum.GetValues(typeof(StackBehaviour)).Cast<StackBehaviour>().Select(Count)];

    /// <param name="instruction">The instruction.</param>
    /// <param name="depth">How many there are.</param>
    public static int Pops(Instruction instruction, int depth) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.PopAll => depth,
        StackBehaviour.Varpop => instruction.Operand switch
        {
            MethodReference method => method.Parameters.Count + (method.HasThis && instruction.OpCode.Code != Code.Newobj ? 1 : 0),
            CallSite site => site.Parameters.Count + (site.HasThis ? 2 : 1),

            // A return. Of a method that the runtime suspends, its signature does not say what is returned.
            _ => depth,
        },
        var behaviour => _counts[(int)behaviour],
    };

    public static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Varpush => instruction.Operand is IMethodSignature { ReturnType: var type } && !IsVoid(type) ? 1 : 0,
        var behaviour => _counts[(int)behaviour],
    };

    private static bool IsVoid(TypeReference type) => type switch
    {
        IModifierType modified => IsVoid(modified.ElementType),
        _ => type.MetadataType == MetadataType.Void,
    };

    private static int Count(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 or StackBehaviour.Push0 => 0,
        _ => behaviour.ToString().Split('_').Length,
    };
}
