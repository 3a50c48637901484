namespace Sitters.Fody.Metadata;

/// <summary>Where in the source a method is.</summary>
internal static class SourceLocations
{
    /// <summary>The first visible point of the method's own code, which for an async method is in its state machine.</summary>
    public static SequencePoint? Of(MethodDefinition method) =>
        FirstPoint(method) ?? (AsyncBodies.AnyStateMachineOf(method) is { } machine ? FirstPoint(machine.MoveNext) : null);

    private static SequencePoint? FirstPoint(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden);
}
