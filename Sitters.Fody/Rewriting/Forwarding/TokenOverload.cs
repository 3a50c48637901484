namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>An overload that takes a token besides.</summary>
/// <param name="Method">The overload.</param>
/// <param name="Type">The type that has it, as the call would name it.</param>
/// <param name="Conversion">What is done to the task that it returns.</param>
internal sealed record TokenOverload(MethodDefinition Method, TypeReference Type, TaskConversion Conversion);
