using System.Globalization;
using System.Runtime.InteropServices;

namespace Sitters.Runtime.Control;

/// <summary>The signals that pause, resume and restart; null is none.</summary>
internal sealed record SignalNames(int? Pause, int? Resume, int? Restart)
{
    /// <summary>SIGUSR1, SIGUSR2 and SIGHUP. On macOS the runtime suspends threads by SIGUSR1, so there SIGUSR2 toggles.</summary>
    public static SignalNames Default { get; } = OperatingSystem.IsMacOS()
        ? new(Number("SIGUSR2"), Number("SIGUSR2"), (int)PosixSignal.SIGHUP)
        : new(Number("SIGUSR1"), Number("SIGUSR2"), (int)PosixSignal.SIGHUP);

    public SignalNames With(string? pause, string? resume, string? restart) => new(
        pause is null ? Pause : Number(pause),
        resume is null ? Resume : Number(resume),
        restart is null ? Restart : Number(restart));

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
