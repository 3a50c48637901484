using Sitters;

namespace Samples.Tour;

/// <summary>Does what the lines of the standard input say, where there are no signals to send.</summary>
internal static class Remote
{
    public const string Option = "--remote";

    public static void Listen() => new Thread(Obey) { IsBackground = true }.Start();

    private static void Obey()
    {
        while (Console.ReadLine() is { } line)
        {
            Action act = line switch
            {
                "Pause" => Sitter.Pause,
                "Resume" => Sitter.Resume,
                "Restart" => Sitter.Restart,
                "Cancel" => Sitter.Cancel,
                _ => throw new InvalidOperationException($"'{line}' is not known."),
            };
            act();
        }
    }
}
