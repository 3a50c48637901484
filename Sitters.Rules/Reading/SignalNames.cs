namespace Sitters.Rules.Reading;

/// <summary>The signals that can stand for pause, resume and restart, and those that can cancel.</summary>
internal static class SignalNames
{
    private const string None = "none";

    public static IReadOnlyList<string> All { get; } =
        [None, "SIGUSR1", "SIGUSR2", "SIGHUP", "SIGQUIT", "SIGCONT", "SIGWINCH", "SIGCHLD", "SIGTTIN", "SIGTTOU", "SIGTSTP"];

    /// <summary>INT and TERM mean cancel, or nothing.</summary>
    public static IReadOnlyList<string> Cancelling { get; } = ["SIGINT", "SIGTERM", .. All];

    /// <summary>With or without SIG, in upper or lower case. Raw numbers are accepted, since they differ by platform.</summary>
    public static bool IsKnown(string name, IReadOnlyList<string> known) =>
        known.Any(candidate => Same(candidate, name) || Same(candidate, "SIG" + name))
        || (int.TryParse(name, out var number) && number > 0);

    public static bool AreSame(string left, string right) => Same(left, right) || Same("SIG" + left, right) || Same(left, "SIG" + right);

    public static bool IsNone(string name) => Same(name, None);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
