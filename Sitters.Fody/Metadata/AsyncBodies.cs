namespace Sitters.Fody.Metadata;

/// <summary>Tells how the body of an async method was compiled.</summary>
internal static class AsyncBodies
{
    /// <summary>The implementation flag of methods that the runtime itself suspends; Cecil has no name for it.</summary>
    public const MethodImplAttributes RuntimeAsync = (MethodImplAttributes)0x2000;

    public static bool IsRuntimeAsync(MethodDefinition method) => (method.ImplAttributes & RuntimeAsync) != 0;

    /// <summary>The state machine of an async method or iterator.</summary>
    public static StateMachine? StateMachineOf(MethodDefinition method) =>
        StateMachineOf(method, "AsyncStateMachineAttribute", isIterator: false)
        ?? StateMachineOf(method, "AsyncIteratorStateMachineAttribute", isIterator: true);

    /// <summary>The same, and that of an iterator that is not async.</summary>
    public static StateMachine? AnyStateMachineOf(MethodDefinition method) =>
        StateMachineOf(method) ?? StateMachineOf(method, "IteratorStateMachineAttribute", isIterator: true);

    /// <summary>
    /// The method makes a stream that is an async iterator without a state machine: the runtime suspends its <c>MoveNextAsync</c>.
    /// </summary>
    public static bool MakesRuntimeAsyncStream(MethodDefinition method) =>
        method.HasBody
        && method.Body.Instructions.Any(instruction =>
            instruction.OpCode.Code == Code.Newobj
            && ((MethodReference)instruction.Operand).DeclaringType.Resolve() is { IsNested: true } type
            && type.Name.StartsWith($"<{method.Name}>", StringComparison.Ordinal)
            && type.Methods.Any(candidate => candidate.Name.EndsWith("MoveNextAsync", StringComparison.Ordinal) && IsRuntimeAsync(candidate)));

    private static StateMachine? StateMachineOf(MethodDefinition method, string attributeName, bool isIterator)
    {
        if (!method.HasCustomAttributes)
        {
            return null;
        }

        var attribute = method.CustomAttributes.FirstOrDefault(candidate =>
            candidate.AttributeType.FullName == "System.Runtime.CompilerServices." + attributeName);
        if (attribute?.ConstructorArguments.FirstOrDefault().Value is not TypeReference reference)
        {
            return null;
        }

        var type = reference.Resolve();
        var moveNext = type?.Methods.FirstOrDefault(candidate =>
            candidate.Name == "MoveNext" && !candidate.HasParameters && candidate.HasBody);
        return moveNext is null ? null : new StateMachine(type!, moveNext, isIterator);
    }
}
