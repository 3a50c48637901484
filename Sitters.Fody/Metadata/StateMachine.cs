namespace Sitters.Fody.Metadata;

/// <summary>What the compiler made of the body of an async method or iterator.</summary>
/// <param name="Type">The machine.</param>
/// <param name="MoveNext">Where the code is.</param>
/// <param name="IsIterator">It is an async iterator's, which is started for each element.</param>
internal sealed record StateMachine(TypeDefinition Type, MethodDefinition MoveNext, bool IsIterator);
