namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>A line for each call that is given the token, for who wants to see them.</summary>
/// <param name="isWanted">Whether FodyWeavers.xml asks for it.</param>
internal sealed class ForwardReport(bool isWanted)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    /// <param name="code">The method that has the code.</param>
    /// <param name="owner">The method that the code belongs to, as the user wrote it.</param>
    /// <param name="call">The call.</param>
    /// <param name="forwarded">What becomes of it.</param>
    public void Add(MethodDefinition code, MethodDefinition owner, Instruction call, ForwardedCall forwarded)
    {
        if (!isWanted)
        {
            return;
        }

        var called = (MethodReference)call.Operand;
        var name = $"{Names.Of(called.DeclaringType.GetElementType())}.{called.Name}";
        var way = forwarded.Overload is null ? "" : ", in its overload";
        _lines.Add($"{Place(code, call)}{Names.Of(owner)} gives its call's token to {name} as '{forwarded.Parameter}'{way}");
    }

    private static string Place(MethodDefinition code, Instruction call)
    {
        var point = code.DebugInformation.SequencePoints.LastOrDefault(candidate => !candidate.IsHidden && candidate.Offset <= call.Offset);
        return point is null ? "" : $"{point.Document.Url}({point.StartLine},{point.StartColumn}): ";
    }
}
