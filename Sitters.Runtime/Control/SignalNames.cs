using System.Globalization;
using System.Runtime.InteropServices;

namespace Sitters.Runtime.Control;

/// <summary>The signals that pause, resume and restart (null is none) and those that cancel.</summary>
internal sealed record SignalNames(int? Pause, int? Resume, int? Restart, int[] Cancel)
{
    // The numbers that POSIX gives to signals, for the exit code. Those of PosixSignal are .NET's own, and negative.
    public const int SigHup = 1;
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigTerm = 15;

    private static readonly bool _isBsd = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();
    private static readonly int[] _cancel = [(int)PosixSignal.SIGINT, (int)PosixSignal.SIGTERM];

    /// <summary>SIGUSR1, SIGUSR2 and SIGHUP. On macOS the runtime suspends threads by SIGUSR1, so there SIGUSR2 toggles.</summary>
    public static SignalNames Default { get; } = OperatingSystem.IsMacOS()
        ? new(Usr2, Usr2, (int)PosixSignal.SIGHUP, _cancel)
        : new(Usr1, Usr2, (int)PosixSignal.SIGHUP, _cancel);

    // By their numbers: to look for a name has the whole of globalization loaded, at the start of each process.

    private static int Usr1 => _isBsd ? 30 : 10;

    private static int Usr2 => _isBsd ? 31 : 12;

    public SignalNames With(string? pause, string? resume, string? restart, string? cancel) => new(
        pause is null ? Pause : Number(pause),
        resume is null ? Resume : Number(resume),
        restart is null ? Restart : Number(restart),
        cancel is null ? Cancel : Numbers(cancel));

    /// <summary>Shells report 128 + number for a program that a signal has ended; supervisors expect the same.</summary>
    public static int ToExitCode(int number) => 128 + number;

    /// <summary>The system's own number of a signal that was registered as one that .NET knows.</summary>
#pragma warning disable CA1416 // Names, which are compared, and not registered where the system has no such signal.
    public static int ToNative(int signal) => (PosixSignal)signal switch
    {
        PosixSignal.SIGHUP => SigHup,
        PosixSignal.SIGINT => SigInt,
        PosixSignal.SIGQUIT => SigQuit,
        PosixSignal.SIGTERM => SigTerm,

        // These have other numbers on systems that come from BSD.
        PosixSignal.SIGCHLD => _isBsd ? 20 : 17,
        PosixSignal.SIGCONT => _isBsd ? 19 : 18,
        PosixSignal.SIGTSTP => _isBsd ? 18 : 20,
        PosixSignal.SIGTTIN => 21,
        PosixSignal.SIGTTOU => 22,
        PosixSignal.SIGWINCH => 28,
        _ => signal,
    };
#pragma warning restore CA1416

    private static int[] Numbers(string names) => [.. names.Split(' ').Select(Number).OfType<int>()];

    /// <summary>The value to register. The signals that .NET knows have its own negative numbers; the others are the system's.</summary>
    private static int? Number(string name)
    {
        var upper = name.Trim().ToUpperInvariant();
        return upper.StartsWith("SIG", StringComparison.Ordinal) ? Known(upper[3..]) : Known(upper);

        int? Known(string signal) => signal switch
        {
            "NONE" or "" => null,
            "USR1" => Usr1,
            "USR2" => Usr2,
            _ when Enum.TryParse<PosixSignal>("SIG" + signal, out var known) => (int)known,
            _ when int.TryParse(signal, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new ArgumentException($"'{name}' is not a signal that can be listened to.", nameof(name)),
        };
    }
}
