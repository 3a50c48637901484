namespace Sitters.Fody.Metadata;

/// <summary>Keeps symbols correct where code is put in front of a body.</summary>
internal static class SequencePoints
{
    /// <summary>The line number by which symbols mark code that debuggers step over.</summary>
    private const int Hidden = 0xfeefee;

    /// <summary>Hides what was put in front: the first line begins where it began, and not with it.</summary>
    /// <param name="method">The method; without symbols it stays as it is.</param>
    /// <param name="front">What it begins with now.</param>
    /// <param name="body">What it began with.</param>
    public static void Hide(MethodDefinition method, Instruction front, Instruction body)
    {
        var points = method.DebugInformation.SequencePoints;
        if (points.Count == 0)
        {
            return;
        }

        var document = points[0].Document;
        if (points[0].IsHidden && points[0].Offset == body.Offset)
        {
            points.RemoveAt(0);
        }

        points.Insert(0, new SequencePoint(front, document) { StartLine = Hidden, EndLine = Hidden });
    }
}
