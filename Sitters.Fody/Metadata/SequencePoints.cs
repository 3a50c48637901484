namespace Sitters.Fody.Metadata;

/// <summary>Keeps symbols correct where code is inserted before an instruction that they point at.</summary>
internal static class SequencePoints
{
    public static void Move(MethodDefinition method, Instruction from, Instruction to)
    {
        var points = method.DebugInformation.SequencePoints;
        for (var index = 0; index < points.Count; index++)
        {
            var point = points[index];
            if (point.Offset != from.Offset)
            {
                continue;
            }

            points[index] = new SequencePoint(to, point.Document)
            {
                StartLine = point.StartLine,
                StartColumn = point.StartColumn,
                EndLine = point.EndLine,
                EndColumn = point.EndColumn,
            };
            return;
        }
    }
}
