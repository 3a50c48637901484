using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Writes down what happens to the calls of its subclasses, so that a test can read it and wait for it.</summary>
public abstract class Recorder
{
    private readonly List<string> _log = [];
    private readonly List<(string Line, int Times, TaskCompletionSource Reached)> _waits = [];

    /// <summary>What most methods wait for.</summary>
    public TaskCompletionSource Door { get; set; } = new();

    /// <summary>The context that a hook saw last.</summary>
    public SitContext? Context { get; private set; }

    /// <summary>The states that the hooks saw.</summary>
    public Dictionary<string, SitState> States { get; } = [];

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    public int Count(string line) => Log.Count(written => written == line);

    /// <summary>Completes when a line has been written that often.</summary>
    public Task When(string line, int times = 1)
    {
        lock (_log)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((line, times, reached));
            Tell();
            return reached.Task;
        }
    }

    public void OnStartup(SitContext context) => Saw("startup", context);

    public void OnCompletion(SitContext context) => Saw("completion", context);

    public void OnException(SitContext context) => Saw("exception", context);

    public void OnTimeout(SitContext context) => Saw("timeout", context);

    public void OnCancellation(SitContext context) => Saw("cancellation", context);

    public void OnRestart(SitContext context) => Saw("restart", context);

    public void OnRetry(SitContext context) => Saw("retry", context);

    public void OnPause(SitContext context) => Saw("pause", context);

    public void OnResume(SitContext context) => Saw("resume", context);

    public void Write(string line)
    {
        lock (_log)
        {
            _log.Add(line);
            Tell();
        }
    }

    private void Saw(string hook, SitContext context)
    {
        Context = context;
        lock (_log)
        {
            States[hook] = context.State;
        }

        Write(hook);
    }

    private void Tell()
    {
        foreach (var (line, times, reached) in _waits)
        {
            if (_log.Count(written => written == line) >= times)
            {
                reached.TrySetResult();
            }
        }
    }
}
