using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sitters.Tool.Showing;

/// <summary>One JSON object as the output of a command. It can be parsed however the command ends, in the middle of a list too.</summary>
/// <param name="output">Where it is written.</param>
/// <param name="isOneLine">Whether it takes one line, rather than a line for each member and item.</param>
internal sealed class JsonReport(TextWriter output, bool isOneLine = false)
{
    private readonly string _break = isOneLine ? "" : "\n";
    private bool _isBegun;
    private bool _isInList;
    private bool _hasItem;

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            AddRaw(name, Quote(value));
        }
    }

    public void Add(string name, double value) => AddRaw(name, value.ToString("R", CultureInfo.InvariantCulture));

    public void Add(string name, bool value) => AddRaw(name, value ? "true" : "false");

    public void AddIfTrue(string name, bool value)
    {
        if (value)
        {
            Add(name, value);
        }
    }

    public void BeginList(string name)
    {
        AddRaw(name, "[");
        (_isInList, _hasItem) = (true, false);
    }

    public void AddItem(string json)
    {
        output.Write(_hasItem ? "," : "");
        output.Write(_break);
        output.Write(json);
        _hasItem = true;
    }

    public void EndList()
    {
        output.Write($"{(_hasItem ? _break : "")}]");
        _isInList = false;
    }

    public void Fail(ToolException failure)
    {
        if (_isInList)
        {
            EndList();
        }

        var exitCode = failure.ExitCode.ToString(CultureInfo.InvariantCulture);
        AddRaw("error", $"{{\"code\":{Quote(failure.Code)},\"message\":{Quote(failure.Message)},\"exitCode\":{exitCode}}}");
        End();
    }

    public void End()
    {
        output.WriteLine(_isBegun ? "}" : "{}");
        _isBegun = false;
    }

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private void AddRaw(string name, string json)
    {
        output.Write(_isBegun ? $",{_break}" : "{");
        _isBegun = true;
        output.Write($"{Quote(name)}:{json}");
    }
}
