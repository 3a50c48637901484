using System.Runtime.InteropServices;

namespace SignalProgram;

/// <summary>Handlers that an application registers beside those of Sitters: <c>before</c> it listens or <c>after</c>.</summary>
internal static class Handlers
{
    private static readonly List<PosixSignalRegistration> _registrations = [];

    public static void Register(string when)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows sends no signals.");
        }

        foreach (var name in Settings.List($"hear-{when}"))
        {
            _registrations.Add(PosixSignalRegistration.Create(Parse(name), context =>
            {
                context.Cancel |= Settings.Has("keep", name);
                Events.Mark($"heard {name} {when}");
            }));
        }

        if (Settings.Has("key-press", when))
        {
            Console.CancelKeyPress += (_, press) =>
            {
                press.Cancel = true;
                Events.Mark($"heard {press.SpecialKey} {when}");
            };
        }
    }

    private static PosixSignal Parse(string name) => name switch
    {
        "USR1" => (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10),
        "USR2" => (PosixSignal)(OperatingSystem.IsMacOS() ? 31 : 12),
        _ => Enum.Parse<PosixSignal>("SIG" + name),
    };
}
