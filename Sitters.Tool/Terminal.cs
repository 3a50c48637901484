using System.Text;

namespace Sitters.Tool;

/// <summary>What the tool writes to, whom it asks, and where it is.</summary>
internal sealed class Terminal
{
    /// <summary>The width of a line that is not to be cut.</summary>
    public const int Uncut = int.MaxValue;

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether somebody reads along, rather than a file or another program.</summary>
    public bool IsInteractive { get; init; }

    public bool HasColours { get; init; }

    public int Width { get; init; } = Uncut;

    /// <summary>Whether a question would be answered.</summary>
    public bool CanAsk { get; init; }

    public Func<string?> ReadLine { get; init; } = () => null;

    /// <summary>Where processes have their sockets.</summary>
    public string TempFolder { get; init; } = Path.GetTempPath();

    public string User { get; init; } = Environment.UserName;

    /// <summary>Stands where text was cut off.</summary>
    public char Ellipsis { get; init; } = '…';

    public static Terminal OfThisProcess()
    {
        var encoding = OperatingSystem.IsWindows() ? Console.OutputEncoding : new UTF8Encoding(false);
        var isInteractive = !Console.IsOutputRedirected;
        return new Terminal
        {
            Output = new StreamWriter(Console.OpenStandardOutput(), encoding, 16 * 1024),
            Error = new StreamWriter(Console.OpenStandardError(), encoding, 256) { AutoFlush = true },
            IsInteractive = isInteractive,
            HasColours = isInteractive && HasColour(Environment.GetEnvironmentVariable) && WindowsConsole.TakesSequences(),
            Width = isInteractive ? WidthOfConsole() : Uncut,
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            ReadLine = Console.ReadLine,
            Ellipsis = encoding.CodePage == Encoding.UTF8.CodePage ? '…' : '~',
        };
    }

    /// <summary>Whether colours are wanted: see no-color.org.</summary>
    public static bool HasColour(Func<string, string?> variable) =>
        string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb";

    private static int WidthOfConsole() => Console.WindowWidth is > 0 and var width ? width : 80;
}
