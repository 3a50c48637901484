namespace Sitters.Fody.Metadata;

/// <summary>Where in the source a method stands.</summary>
internal static class SourceLocations
{
    /// <summary>The first visible point of the method's own code. An async method's lies in its state machine: what it leaves behind has none.</summary>
    public static SequencePoint? Of(MethodDefinition method) =>
        FirstPoint(method) ?? (AsyncBodies.AnyStateMachineOf(method) is { } machine ? FirstPoint(machine.MoveNext) : null);

    private static SequencePoint? FirstPoint(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden);
}
