namespace Sitters.Fody.Model;

/// <summary>What the compiler made of an async method's body.</summary>
internal sealed record StateMachine(TypeDefinition Type, MethodDefinition MoveNext);
