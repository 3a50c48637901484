using System.Runtime.InteropServices;
using Sitters.Runtime.Mapping;

namespace Sitters.Runtime.Control;

/// <summary>The runtime's registrations of our handlers. One that is collected takes its handler away: the next signal kills.</summary>
internal static class SignalRegistrations
{
    /// <summary>Kept as long as this assembly. Also the lock.</summary>
    private static readonly List<PosixSignalRegistration> _all = [];

    /// <summary>Where this assembly can be unloaded, the handlers go with it, which the runtime would refer to for ever.</summary>
    public static void EndWithAssembly() => Unloading.CallAtBegin(EndAll);

    public static void Add(int? signal, Action<PosixSignalContext> handler)
    {
        if (signal is not { } number)
        {
            return;
        }

        lock (_all)
        {
#pragma warning disable CA1416 // The platforms without signals are excluded in SignalListener.IsSupported.
            _all.Add(PosixSignalRegistration.Create((PosixSignal)number, handler));
#pragma warning restore CA1416
        }
    }

    private static void EndAll()
    {
        lock (_all)
        {
            _all.ForEach(static registration => registration.Dispose());
            _all.Clear();
        }
    }
}
