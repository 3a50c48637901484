using Sitters.Runtime.Calls;
using Sitters.Runtime.Mapping;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Remote;

/// <summary>The channel by which the <c>sitters</c> tool reaches this process: closed until somebody knocks, or the program opens it.</summary>
internal static class ToolChannel
{
    /// <summary>
    /// What a start may take, so that it is not made longer by what somebody outside needs; and too short for anybody who looks to notice.
    /// </summary>
    private static readonly TimeSpan _start = TimeSpan.FromMilliseconds(250);

    private static readonly object _lock = new();

    // Guarded by the lock. Nothing of the user's runs while it is held.
    private static ToolServer? _server;
    private static bool _isOver;
    private static bool _hasEvents;
    private static bool _endsWithProcess;

    /// <summary>Kept, since event sources are known weakly.</summary>
    private static SittersEvents? _events;
    private static bool _isPrepared;

    private static readonly Action<string> _door = OnKnock;

    private static bool IsForbidden => IsOff("Sitters.Tool");

    /// <summary>
    /// From a moment later on it can be knocked on. Called before the first call of each sat method: what somebody outside needs to look at the
    /// process is made on a thread of its own, and once the process has started.
    /// </summary>
    public static void Prepare()
    {
        if (_isPrepared)
        {
            return;
        }

        _isPrepared = true;
        StartThread("Sitters: door", LetIn);
    }

    private static void LetIn()
    {
        if (Unloading.IsPossible)
        {
            EndWithProcess();
        }

        lock (_lock)
        {
            if (!_isOver)
            {
                Monitor.Wait(_lock, _start);
            }

            if (_isOver)
            {
                return;
            }
        }

        ActiveCallHint.BeginChecks();
        if (IsOff("System.Diagnostics.Tracing.EventSource.IsSupported"))
        {
            return;
        }

        Opening.Open();
        if (IsForbidden)
        {
            return;
        }

        // In this order, and not once it is over: what all copies share must not keep one that is unloaded.
        EndWithProcess();
        bool isFirst;
        lock (_lock)
        {
            isFirst = _hasEvents = !_isOver && Doors.Add(_door);
        }

        if (isFirst)
        {
            MakeEvents();
        }
    }

    /// <summary>Called while a lock of the runtime's is held, or by another copy of this assembly.</summary>
    private static void OnKnock(string id)
    {
        if (id == Doors.TakeOver)
        {
            StartThread("Sitters: door", MakeEvents);
        }
        else
        {
            OpenSoon(id);
        }
    }

    private static void MakeEvents()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                // Whoever ends it hands the source on, also one that was still to be made.
                return;
            }

            _hasEvents = true;
        }

        // Under no lock: to make it tells listeners.
        var events = new SittersEvents();
        lock (_lock)
        {
            if (!_isOver && _events is null)
            {
                _events = events;
                return;
            }
        }

        events.Dispose();
    }

    private static void OpenSoon(string id) => StartThread("Sitters: opening", () =>
    {
        try
        {
            // A knock may come while the event source is being made: there is nobody to tell then, but a channel all the same.
            var path = Open();
            _events?.Opened(id, path);
        }
        catch (Exception failure)
        {
            // The process goes on without: whoever has knocked is told, and so is whoever reads the trace.
            _events?.Refused(id, failure.Message);
            FailureTrace.Write("The opening of the channel for the tool \"sitters\"", failure);
        }
    });

    /// <returns>Where it can be reached.</returns>
    /// <exception cref="InvalidOperationException">The application forbids it.</exception>
    /// <exception cref="IOException">There can't be such a socket.</exception>
    public static string Open()
    {
        if (IsForbidden)
        {
            throw new InvalidOperationException(
                "The runtime option Sitters.Tool is false, so this application is not to be reached by the tool \"sitters\". Remove "
                + "<SittersTool>false</SittersTool> from its project, or the option from its runtimeconfig.json, if it should be.");
        }

        EndWithProcess();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isOver, typeof(ToolChannel));
            if (_server is not { IsReachable: true })
            {
                _server?.Dispose();
                _server = ToolServer.Start();
            }

            return _server.Path;
        }
    }

    private static bool IsOff(string option) => AppContext.TryGetSwitch(option, out var isOn) && !isOn;

    private static void EndWithProcess()
    {
        lock (_lock)
        {
            if (_endsWithProcess)
            {
                return;
            }

            _endsWithProcess = true;
        }

        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        Unloading.CallAtBegin(static () =>
        {
            AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
            End();
        });
    }

    private static void OnProcessExit(object? sender, EventArgs e) => End();

    private static void End()
    {
        bool hadEvents;
        lock (_lock)
        {
            _isOver = true;
            _server?.Dispose();
            _server = null;
            hadEvents = _hasEvents;
            Monitor.PulseAll(_lock);
        }

        _events?.Dispose();
        Doors.Remove(_door, hadEvents);
    }

    private static void StartThread(string name, ThreadStart start)
    {
        try
        {
            new Thread(start) { IsBackground = true, Name = name }.UnsafeStart();
        }
        catch (OutOfMemoryException failure)
        {
            // The system has no thread left: not the moment to be looked at, and no reason to fail.
            Report(failure);
        }
    }

    private static void Report(OutOfMemoryException failure) =>
        FailureTrace.Write("The making of a thread for the tool \"sitters\"", failure);
}
