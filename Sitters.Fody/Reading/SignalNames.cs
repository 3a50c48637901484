namespace Sitters.Fody.Reading;

/// <summary>The signals that can stand for pause, resume and restart. INT and TERM mean cancel.</summary>
internal static class SignalNames
{
    public static IReadOnlyList<string> All { get; } =
        ["none", "SIGUSR1", "SIGUSR2", "SIGHUP", "SIGQUIT", "SIGCONT", "SIGWINCH", "SIGCHLD", "SIGTTIN", "SIGTTOU", "SIGTSTP"];

    /// <summary>With or without SIG, in upper or lower case. Raw numbers are accepted, since they differ by platform.</summary>
    public static bool IsKnown(string name) =>
        All.Any(known => Same(known, name) || Same(known, "SIG" + name)) || (int.TryParse(name, out var number) && number > 0);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
