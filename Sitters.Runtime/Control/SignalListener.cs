using System.Runtime.InteropServices;
using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Control;

/// <summary>Listens to the signals of the process and hands them to the <see cref="Controller"/>.</summary>
internal static class SignalListener
{
    /// <summary>In milliseconds: as far apart as the handlers of signals may run that came at once.</summary>
    private const long SignalReorderWindow = 50;

    private static readonly object _lock = new();

    /// <summary>What pauses and what ends a pause each look first and act then: nothing of the other kind comes between.</summary>
    private static readonly object _pauseOrder = new();

    /// <summary>Held for good: a registration that is collected takes its handler with it, and the next signal kills.</summary>
    private static readonly List<PosixSignalRegistration> _registrations = [];

    private static SignalNames _names = SignalNames.Default;
    private static bool _listensFromFirstCall = true;
    private static long _foundNoPauseAt = -SignalReorderWindow - 1;
    private static volatile bool _isListening;
    private static bool _isConfigured;

    /// <summary>Applies what FodyWeavers.xml says. The first woven assembly that says something decides.</summary>
    public static void Configure(bool listen, string? pause, string? resume, string? restart)
    {
        lock (_lock)
        {
            if (_isConfigured)
            {
                return;
            }

            _isConfigured = true;
            _listensFromFirstCall = listen;
            _names = SignalNames.Default.With(pause, resume, restart);
        }
    }

    /// <summary>Called before the first call of each sat method.</summary>
    public static void ListenFromFirstCall()
    {
        if (!_isListening && _listensFromFirstCall)
        {
            Listen();
        }
    }

    public static void Listen()
    {
        lock (_lock)
        {
            if (_isListening)
            {
                return;
            }

            _isListening = true;
            if (OperatingSystem.IsWindows())
            {
                RegisterLocked((int)PosixSignal.SIGINT, context => Cancel(context, 2));
                RegisterLocked((int)PosixSignal.SIGQUIT, context => Cancel(context, 3));
                RegisterLocked((int)PosixSignal.SIGTERM, context => Cancel(context, 15));
                RegisterLocked((int)PosixSignal.SIGHUP, CancelAtClose);
                return;
            }

            if (IsSupported())
            {
                RegisterLocked((int)PosixSignal.SIGINT, context => Cancel(context, 2));
                RegisterLocked((int)PosixSignal.SIGTERM, context => Cancel(context, 15));
                RegisterLocked(_names.Restart, Restart);
                if (_names.Pause == _names.Resume)
                {
                    RegisterLocked(_names.Pause, Toggle);
                }
                else
                {
                    RegisterLocked(_names.Pause, Pause);
                    RegisterLocked(_names.Resume, Resume);
                }

                // Compiled now, so that the first pause is not overtaken by what follows it.
                Controller.Pause(static _ => false);
                Controller.Resume(static _ => false);
            }
        }
    }

    private static bool IsSupported() =>
        !OperatingSystem.IsBrowser() && !OperatingSystem.IsWasi() && !OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS() && !OperatingSystem.IsAndroid();

    private static void RegisterLocked(int? signal, Action<PosixSignalContext> handler)
    {
        if (signal is not { } number)
        {
            return;
        }

#pragma warning disable CA1416 // The platforms without signals are excluded in IsSupported.
        _registrations.Add(PosixSignalRegistration.Create((PosixSignal)number, handler));
#pragma warning restore CA1416
    }

    private static void Pause(PosixSignalContext context)
    {
        context.Cancel = true;
        var heardAt = Environment.TickCount64;
        lock (_pauseOrder)
        {
            if (!WasOvertakenLocked(heardAt))
            {
                Controller.Pause(null);
            }
        }
    }

    private static void Resume(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_pauseOrder)
        {
            NoteWhetherPausedLocked();
            Controller.Resume(null);
        }
    }

    private static void Toggle(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_pauseOrder)
        {
            if (Controller.IsPaused)
            {
                Controller.Resume(null);
            }
            else
            {
                Controller.Pause(null);
            }
        }
    }

    private static void Restart(PosixSignalContext context)
    {
        // Without a call to restart the signal does what it does without us.
        if (Controller.HasActiveCalls)
        {
            context.Cancel = true;
            Controller.Restart(null);
        }
    }

    private static void Cancel(PosixSignalContext context, int number)
    {
        // A second one while a cancel is under way does what it does without us, so that a stuck program can be ended.
        if (!Controller.HasActiveCalls || Controller.IsCancelledBySignal)
        {
            return;
        }

        context.Cancel = true;
        if (Environment.ExitCode == 0)
        {
            // What shells and supervisors expect; a Main that returns a number, or sets another, wins.
            Environment.ExitCode = 128 + number;
        }

        lock (_pauseOrder)
        {
            NoteWhetherPausedLocked();
            Controller.CancelBySignal();
        }
    }

    /// <summary>Called by what ends a pause. Where there is none, the pause may be on its way: see <see cref="WasOvertakenLocked"/>.</summary>
    private static void NoteWhetherPausedLocked()
    {
        if (!Controller.IsPaused)
        {
            _foundNoPauseAt = Environment.TickCount64;
        }
    }

    /// <summary>Whether a pause was, as far as one can tell, sent before the resume or the cancel that came just now.</summary>
    /// <remarks>.NET hands signals to several threads at once, and their order is lost. A pause left over would never end.</remarks>
    private static bool WasOvertakenLocked(long heardAt) => heardAt - _foundNoPauseAt <= SignalReorderWindow || Controller.IsCancelledBySignal;

    private static void CancelAtClose(PosixSignalContext context)
    {
        // Windows ends the process when the handler of a closing console returns, so it waits; Windows itself sets the limit.
        if (Controller.HasActiveCalls)
        {
            Controller.Cancel(null);
            IdleWaiters.WhenIdle(CancellationToken.None).Wait();
        }
    }
}
