using System.Diagnostics;
using System.Runtime.InteropServices;
using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Control;

/// <summary>Listens to the signals of the process and hands them to the <see cref="Controller"/>.</summary>
internal static class SignalListener
{
    /// <summary>
    /// In milliseconds: how far apart the handlers of simultaneous signals may run. Far more than the pool takes to start them unless the
    /// machine is overloaded, and less than the shortest that a script sleeps between two, a tenth of a second.
    /// </summary>
    private const long SignalReorderWindow = 90;

    /// <summary>In milliseconds: a signal to cancel that comes so soon after another is the same one.</summary>
    private const long RepeatWindow = 500;

    /// <summary>How long the calls of a program whose terminal has closed may take to end before it does: long, for their cleanup.</summary>
    private static readonly TimeSpan _longestClose = TimeSpan.FromSeconds(30);

    private static readonly object _lock = new();

    /// <summary>
    /// Held by what pauses and what ends a pause: each first checks and then acts, and the other must not come in between.
    /// </summary>
    private static readonly object _pauseOrder = new();

    // Guarded by the first lock, except for the two times, which the second one guards.
    private static SignalNames _names = SignalNames.Default;
    private static bool _listensFromFirstCall = true;
    private static volatile bool _setsExitCode = true;
    private static long _foundNoPauseAt = -SignalReorderWindow - 1;
    private static long _cancelledAt = -RepeatWindow - 1;
    private static volatile bool _isListening;
    private static bool _isConfigured;

    /// <summary>Applies what FodyWeavers.xml says. The first woven assembly that says something decides.</summary>
    public static void Configure(bool listen, SignalNames names, bool setsExitCode)
    {
        lock (_lock)
        {
            if (_isConfigured)
            {
                return;
            }

            _isConfigured = true;
            _listensFromFirstCall = listen;
            _names = names;
            _setsExitCode = setsExitCode;
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
            if (AppContext.TryGetSwitch("Sitters.Signals", out var listens) && !listens)
            {
                // The application has the last word over the libraries in it.
                return;
            }

            SignalRegistrations.EndWithAssembly();
            RegisterLocked();
        }
    }

    private static void RegisterLocked()
    {
        if (OperatingSystem.IsWindows())
        {
            RegisterOnWindows();
        }
        else if (IsSupported())
        {
            RegisterOnUnix();
        }
    }

    private static void RegisterOnWindows()
    {
        SignalRegistrations.Add((int)PosixSignal.SIGINT, Cancel);
        SignalRegistrations.Add((int)PosixSignal.SIGQUIT, Cancel);
        SignalRegistrations.Add((int)PosixSignal.SIGTERM, Cancel);
        SignalRegistrations.Add((int)PosixSignal.SIGHUP, CancelWhenConsoleCloses);
    }

    private static void RegisterOnUnix()
    {
        foreach (var signal in _names.Cancel)
        {
            SignalRegistrations.Add(signal, Cancel);
        }

        Terminal.Note();
        SignalRegistrations.Add(_names.Restart, Restart);
        if (_names.Pause == _names.Resume)
        {
            SignalRegistrations.Add(_names.Pause, Toggle);
        }
        else
        {
            SignalRegistrations.Add(_names.Pause, Pause);
            SignalRegistrations.Add(_names.Resume, Resume);
        }
    }

    private static bool IsPaused => ControlDomain.Process.State.All is not null;

    private static bool IsSupported() =>
        !OperatingSystem.IsBrowser()
        && !OperatingSystem.IsWasi()
        && !OperatingSystem.IsIOS()
        && !OperatingSystem.IsTvOS()
        && !OperatingSystem.IsAndroid();

    private static void Pause(PosixSignalContext context)
    {
        context.Cancel = true;
        var heardAt = Environment.TickCount64;
        Carry(() => WasOvertakenLocked(heardAt) ? null : Orders.DecideSignal(SitVerb.Pause));
    }

    private static void Resume(PosixSignalContext context)
    {
        context.Cancel = true;
        Carry(static () => DecideEndOfPauseLocked(SitVerb.Resume));
    }

    private static void Toggle(PosixSignalContext context)
    {
        context.Cancel = true;
        Carry(static () => Orders.DecideSignal(IsPaused ? SitVerb.Resume : SitVerb.Pause));
    }

    private static void Restart(PosixSignalContext context)
    {
        // If there is no call to restart, the signal does what it does without us.
        if (!Controller.HasActiveCalls)
        {
            return;
        }

        if (context.Signal == PosixSignal.SIGHUP && Terminal.HasClosed)
        {
            // No wish to start again. What the signal does without us comes when this returns.
            CancelAtClose(_longestClose);
            return;
        }

        context.Cancel = true;
        Carry(static () => DecideEndOfPauseLocked(SitVerb.Restart));
    }

    private static void Cancel(PosixSignalContext context) => Cancel(context, SignalNames.ToNative((int)context.Signal));

    private static void Cancel(PosixSignalContext context, int number) => Carry(() =>
    {
        // A second one during a cancel does what it does without us, so that a stuck program can be ended. Not one that comes at once: that
        // is one wish told twice, by a terminal to its group and by a parent that passes it on, for example. It is carried out all the same,
        // since calls may have begun in the meantime.
        var now = Environment.TickCount64;
        var isRepeated = now - _cancelledAt < RepeatWindow;
        if (HostSignals.AreLeft(number))
        {
            // They stop the hosts, which see to their calls; the others are cancelled as ever.
            _cancelledAt = isRepeated ? _cancelledAt : now;
            return () => HostSignals.Follow(number, isRepeated);
        }

        if (!Controller.HasActiveCalls)
        {
            context.Cancel |= isRepeated;
            return null;
        }

        if (!Controller.IsCancelledBySignal)
        {
            _cancelledAt = now;
        }
        else if (!isRepeated)
        {
            return null;
        }

        context.Cancel = true;
        if (_setsExitCode && Environment.ExitCode == 0)
        {
            // A Main that returns a number, or sets another, overrides this.
            Environment.ExitCode = SignalNames.ToExitCode(number);
        }

        return DecideEndOfPauseLocked(SitVerb.Cancel);
    });

    /// <summary>Decides under the lock, and has the calls follow after it.</summary>
    private static void Carry(Func<Action?> decide)
    {
        Action? follow;
        lock (_pauseOrder)
        {
            follow = decide();
        }

        follow?.Invoke();
    }

    private static Action DecideEndOfPauseLocked(SitVerb verb)
    {
        NoteWhetherPausedLocked();
        return Orders.DecideSignal(verb);
    }

    /// <summary>Called by what ends a pause. If there is none, it may be about to come: see <see cref="WasOvertakenLocked"/>.</summary>
    private static void NoteWhetherPausedLocked()
    {
        Debug.Assert(Monitor.IsEntered(_pauseOrder), "Pauses and their ends are ordered by the lock.");
        if (!IsPaused)
        {
            _foundNoPauseAt = Environment.TickCount64;
        }
    }

    /// <summary>Whether a pause was probably sent before the resume, the restart or the cancel that has just been handled.</summary>
    /// <remarks>.NET hands signals to several threads at once, so their order is lost. A pause left over would never end.</remarks>
    private static bool WasOvertakenLocked(long heardAt)
    {
        Debug.Assert(Monitor.IsEntered(_pauseOrder), "Pauses and their ends are ordered by the lock.");
        return heardAt - _foundNoPauseAt <= SignalReorderWindow || Controller.IsCancelledBySignal;
    }

    private static void CancelWhenConsoleCloses(PosixSignalContext context)
    {
        // Windows ends the process when the handler of a closing console returns, so this waits; Windows itself limits the time.
        if (Controller.HasActiveCalls)
        {
            CancelAtClose(Timeout.InfiniteTimeSpan);
        }
    }

    private static void CancelAtClose(TimeSpan longest)
    {
        Carry(static () => DecideEndOfPauseLocked(SitVerb.Cancel));
        IdleWaiters.WhenIdle(ControlDomain.Process, CancellationToken.None).Wait(longest);
    }
}
