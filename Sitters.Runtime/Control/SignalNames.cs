using System.Globalization;
using System.Runtime.InteropServices;

namespace Sitters.Runtime.Control;

/// <summary>The signals that pause, resume and restart (null is none) and those that cancel.</summary>
internal sealed record SignalNames(int? Pause, int? Resume, int? Restart, IReadOnlyList<int> Cancel)
{
    // The numbers that POSIX gives to signals, for the exit code. Those of PosixSignal are .NET's own, and negative.
    public const int SigHup = 1;
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigTerm = 15;

    private static readonly int[] _cancel = [(int)PosixSignal.SIGINT, (int)PosixSignal.SIGTERM];

    /// <summary>SIGUSR1, SIGUSR2 and SIGHUP. On macOS the runtime suspends threads by SIGUSR1, so there SIGUSR2 toggles.</summary>
    public static SignalNames Default { get; } = OperatingSystem.IsMacOS()
        ? new(Number("SIGUSR2"), Number("SIGUSR2"), (int)PosixSignal.SIGHUP, _cancel)
        : new(Number("SIGUSR1"), Number("SIGUSR2"), (int)PosixSignal.SIGHUP, _cancel);

    public SignalNames With(string? pause, string? resume, string? restart, string? cancel) => new(
        pause is null ? Pause : Number(pause),
        resume is null ? Resume : Number(resume),
        restart is null ? Restart : Number(restart),
        cancel is null ? Cancel : Numbers(cancel));

    /// <summary>The system's own number of a signal that was registered as one that .NET knows.</summary>
    public static int ToNative(int signal) => (PosixSignal)signal switch
    {
        PosixSignal.SIGHUP => SigHup,
        PosixSignal.SIGINT => SigInt,
        PosixSignal.SIGQUIT => SigQuit,
        PosixSignal.SIGTERM => SigTerm,
        _ => signal,
    };

    private static int[] Numbers(string names) => [.. names.Split(' ').Select(Number).OfType<int>()];

    /// <summary>The value to register. The signals that .NET knows have its own negative numbers; the others are the system's.</summary>
    private static int? Number(string name)
    {
        var isBsd = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();
        var upper = name.Trim().ToUpperInvariant();
        return upper.StartsWith("SIG", StringComparison.Ordinal) ? Known(upper[3..]) : Known(upper);

        int? Known(string signal) => signal switch
        {
            "NONE" or "" => null,
            "USR1" => isBsd ? 30 : 10,
            "USR2" => isBsd ? 31 : 12,
            _ when Enum.TryParse<PosixSignal>("SIG" + signal, out var known) => (int)known,
            _ when int.TryParse(signal, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new ArgumentException($"'{name}' is not a signal that can be listened to.", nameof(name)),
        };
    }
}
