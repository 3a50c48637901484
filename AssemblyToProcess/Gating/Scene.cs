using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>What the methods of this theme have in common: they tell what they do, and wait where the test says.</summary>
public abstract class Scene
{
    public Action<string> Say { get; set; } = _ => { };

    /// <summary>A task that the test ends.</summary>
    public Func<string, Task> At { get; set; } = _ => Task.CompletedTask;

    /// <summary>The source line of the await that <see cref="Here"/> stands in.</summary>
    public int Line { get; private set; }

    public string? Trace { get; protected set; }

    protected Task Here(Task task, [CallerLineNumber] int line = 0)
    {
        Line = line;
        return task;
    }

    protected void OnStartup() => Say("startup");

    protected void OnCompletion() => Say("completion");

    protected void OnException(SitContext context) => Say($"exception {context.Exception!.GetType().Name}");

    protected void OnTimeout() => Say("timeout");

    protected void OnCancellation() => Say("cancellation");

    protected void OnRestart() => Say("restart");

    protected void OnPause() => Say("pause");

    protected void OnResume() => Say("resume");
}
