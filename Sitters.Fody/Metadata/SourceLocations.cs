namespace Sitters.Fody.Metadata;

/// <summary>Where in the source something is.</summary>
internal static class SourceLocations
{
    /// <summary>
    /// The first visible point of the method's own code, which for an async method is in its state machine. For what has no code, the
    /// symbols have no line: the file alone.
    /// </summary>
    public static SequencePoint? Of(MethodDefinition method) => PointOf(method) ?? FileOf(method.DeclaringType);

    /// <summary>The first code in a type.</summary>
    public static SequencePoint? Of(TypeDefinition type) => PointsOf(type).FirstOrDefault();

    /// <summary>The same place, with another name for the file.</summary>
    public static SequencePoint In(string file, SequencePoint point) => new(Instruction.Create(OpCodes.Nop), new Document(file))
    {
        StartLine = point.StartLine,
        StartColumn = point.StartColumn,
        EndLine = point.EndLine,
        EndColumn = point.EndColumn,
    };

    /// <summary>The file of a type or of the one around it, if all of its code is in one.</summary>
    private static SequencePoint? FileOf(TypeDefinition? type)
    {
        if (type is null)
        {
            return null;
        }

        var files = PointsOf(type).Select(point => point.Document.Url).Distinct().ToArray();
        return files.Length == 1 ? new SequencePoint(Instruction.Create(OpCodes.Nop), new Document(files[0]))
            : files.Length == 0 ? FileOf(type.DeclaringType)
            : null;
    }

    private static IEnumerable<SequencePoint> PointsOf(TypeDefinition type) => type.Methods.Select(PointOf).OfType<SequencePoint>();

    private static SequencePoint? PointOf(MethodDefinition method) =>
        FirstPoint(method) ?? (AsyncBodies.AnyStateMachineOf(method) is { } machine ? FirstPoint(machine.MoveNext) : null);

    private static SequencePoint? FirstPoint(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden);
}
