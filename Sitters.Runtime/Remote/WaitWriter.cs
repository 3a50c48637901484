using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Remote;

/// <summary>Writes where the methods of a call stand.</summary>
internal sealed class WaitWriter(Answer answer)
{
    /// <summary>Waits are written inside one another this deep, and no deeper: whoever reads has a stack too.</summary>
    public const int Deepest = 100;

    /// <summary>In bytes: a line that is longer by now gets no more waits. Less than what a line may have, by what closes them.</summary>
    private const int LongestLine = 900 * 1024;

    /// <summary>One for all calls of an answer.</summary>
    private readonly WaitTree _tree = new();

    /// <summary>The innermost of the first branch alone.</summary>
    public void WriteInnermost(Call call)
    {
        _tree.Read(call);
        var lines = _tree.Lines;
        if (lines.Count == 0)
        {
            return;
        }

        var first = 0;
        while (HasChildren(lines, first))
        {
            first++;
        }

        answer.Json.WriteStartObject(Names.Wait);
        WriteProperties(lines, first, call);
        WriteMore(CountInnermost(lines) - 1);
        answer.Json.WriteEndObject();
    }

    /// <summary>All of them.</summary>
    public void WriteAll(Call call)
    {
        _tree.Read(call);
        var lines = _tree.Lines;
        var json = answer.Json;
        json.WriteStartArray(Names.Waits);
        var (depth, leftOut) = (0, 0);
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index].Depth >= Deepest || answer.LengthOfLine > LongestLine)
            {
                leftOut++;
                continue;
            }

            for (; depth > lines[index].Depth; depth--)
            {
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteStartObject();
            WriteProperties(lines, index, call);
            if (HasChildren(lines, index) && depth + 1 < Deepest)
            {
                json.WriteStartArray(Names.Children);
                depth++;
            }
            else
            {
                json.WriteEndObject();
            }
        }

        for (; depth > 0; depth--)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteMore(leftOut);
    }

    private void WriteProperties(IReadOnlyList<StandingMethod> lines, int index, Call call)
    {
        var line = lines[index];
        var json = answer.Json;
        answer.WriteName(Names.Method, line.Name);
        if (line.Call is { } own && own != call)
        {
            json.WriteString(Names.Call, own.Context.Id);
        }

        if (line.Place is { } place)
        {
            if (place.FilePath is not null)
            {
                answer.WriteName(Names.File, place.FilePath);
            }

            if (place.Line > 0)
            {
                json.WriteNumber(Names.Line, place.Line);
            }

            if (place.Awaits is not null)
            {
                answer.WriteName(Names.Awaits, place.Awaits);
            }

            if (place.IsUncontrolled && !HasChildren(lines, index))
            {
                json.WriteBoolean(Names.Unwoven, true);
            }
        }

        if (line.IsSuspended)
        {
            answer.WriteSeconds(Names.For, line.For);
        }
    }

    private void WriteMore(int count)
    {
        if (count > 0)
        {
            answer.Json.WriteNumber(Names.More, count);
        }
    }

    private static bool HasChildren(IReadOnlyList<StandingMethod> lines, int index) =>
        index + 1 < lines.Count && lines[index + 1].Depth > lines[index].Depth;

    private static int CountInnermost(IReadOnlyList<StandingMethod> lines)
    {
        var count = 0;
        for (var index = 0; index < lines.Count; index++)
        {
            count += HasChildren(lines, index) ? 0 : 1;
        }

        return count;
    }
}
