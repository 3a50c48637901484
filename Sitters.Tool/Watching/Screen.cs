using System.Text;

namespace Sitters.Tool.Watching;

/// <summary>The terminal's second screen. Only lines that have changed are written, in one piece, so that nothing flickers.</summary>
internal sealed class Screen : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string BeginFrame = "\e[?2026h";
    private const string EndFrame = "\e[?2026l";
    private const string ClearRest = "\e[K";

    private readonly TextWriter _output;
    private readonly object _lock = new();
    private IReadOnlyList<string> _shown = [];
    private (int Width, int Height) _size;
    private bool _isLeft;

    public Screen(TextWriter output)
    {
        _output = output;
        Write(Enter);
    }

    public void Draw(IReadOnlyList<string> lines, int width, int height)
    {
        lock (_lock)
        {
            if (_isLeft)
            {
                return;
            }

            var frame = new StringBuilder();
            if (_size != (width, height))
            {
                (_size, _shown) = ((width, height), []);
                frame.Append("\e[2J");
            }

            for (var index = 0; index < Math.Max(lines.Count, _shown.Count); index++)
            {
                var line = index < lines.Count ? lines[index] : "";
                if (index >= _shown.Count || _shown[index] != line)
                {
                    frame.Append("\e[").Append(index + 1).Append(";1H").Append(line).Append(ClearRest);
                }
            }

            _shown = lines;
            if (frame.Length > 0)
            {
                Write($"{BeginFrame}{frame}{EndFrame}");
            }
        }
    }

    /// <summary>Gives the terminal back as it was.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isLeft)
            {
                _isLeft = true;
                Write(Leave);
            }
        }
    }

    private void Write(string text)
    {
        _output.Write(text);
        _output.Flush();
    }
}
