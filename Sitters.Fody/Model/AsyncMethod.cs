namespace Sitters.Fody.Model;

/// <summary>An async method, lambda or local function, sat or not, and its state machine; none where the runtime suspends it.</summary>
internal sealed record AsyncMethod(MethodDefinition Kickoff, StateMachine? StateMachine);
