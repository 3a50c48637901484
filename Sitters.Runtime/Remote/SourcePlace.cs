using System.Globalization;
using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Remote;

/// <summary>A place in the source, as people write it: <c>Orders.cs:12</c>, or the file alone, with as much of its path as they like.</summary>
internal sealed class SourcePlace
{
    private readonly string _file;
    private readonly int? _line;
    private readonly WaitTree _tree = new();

    private SourcePlace(string file, int? line)
    {
        _file = file;
        _line = line;
    }

    /// <exception cref="RemoteError">It names no file.</exception>
    public static SourcePlace Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var hasLine = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line) && colon > 0;
        var file = (hasLine ? text[..colon] : text).Replace('\\', '/');
        return file.Length > 0 && file[^1] is not ('/' or ':')
            ? new SourcePlace(file, hasLine ? line : null)
            : throw RemoteError.Invalid("\"waitsAt\" is a source file, with or without a line, such as \"Orders.cs:12\".");
    }

    /// <summary>Whether a method of the call waits there.</summary>
    public bool IsIn(Call call)
    {
        _tree.Read(call);
        foreach (var line in _tree.Lines)
        {
            if (line.Place is { FilePath: { } file } place && Is(file, place.Line))
            {
                return true;
            }
        }

        return false;
    }

    public bool Is(string file, int line)
    {
        if (_line is { } wanted && wanted != line)
        {
            return false;
        }

        var before = file.Length - _file.Length;
        return before >= 0 && HasEnd(file) && (before == 0 || _file[0] == '/' || file[before - 1] is '/' or '\\');
    }

    /// <summary>Both kinds of slash are one, and so are both cases: the assembly may come from another system.</summary>
    private bool HasEnd(string file)
    {
        for (int i = _file.Length - 1, j = file.Length - 1; i >= 0; i--, j--)
        {
            var other = file[j] == '\\' ? '/' : file[j];
            if (char.ToUpperInvariant(other) != char.ToUpperInvariant(_file[i]))
            {
                return false;
            }
        }

        return true;
    }
}
