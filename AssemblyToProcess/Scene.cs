using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess;

/// <summary>What the subjects of the tests have in common: they say what they do, and wait where the test tells them to.</summary>
public abstract class Scene
{
    public Action<string> Say { get; set; } = _ => { };

    /// <summary>A task that the test ends.</summary>
    public Func<string, Task> At { get; set; } = _ => Task.CompletedTask;

    /// <summary>How often a line has been said.</summary>
    public Func<string, int> Count { get; set; } = _ => 0;

    /// <summary>The context that a hook saw last.</summary>
    public SitContext? Context { get; protected set; }

    /// <summary>The states that the hooks saw.</summary>
    public ConcurrentDictionary<string, SitState> States { get; } = new();

    /// <summary>The source line of the await that <see cref="Here"/> stands in, or <see cref="NextLine"/> before.</summary>
    public int Line { get; private set; }

    public string? Trace { get; protected set; }

    public void OnStartup(SitContext context) => Saw("startup", context);

    public void OnCompletion(SitContext context) => Saw("completion", context);

    public void OnException(SitContext context)
    {
        Note("exception", context);
        Say($"exception {context.Exception!.GetType().Name}");
    }

    public void OnTimeout(SitContext context) => Saw("timeout", context);

    public void OnCancellation(SitContext context) => Saw("cancellation", context);

    public void OnRestart(SitContext context) => Saw("restart", context);

    public void OnRetry(SitContext context) => Saw("retry", context);

    public void OnPause(SitContext context) => Saw("pause", context);

    public void OnResume(SitContext context) => Saw("resume", context);

    protected Task Here(Task task, [CallerLineNumber] int line = 0)
    {
        Line = line;
        return task;
    }

    protected void NextLine([CallerLineNumber] int line = 0) => Line = line + 1;

    private void Saw(string hook, SitContext context)
    {
        Note(hook, context);
        Say(hook);
    }

    private void Note(string hook, SitContext context)
    {
        Context = context;
        States[hook] = context.State;
    }
}
