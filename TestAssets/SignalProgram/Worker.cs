using Sitters;

namespace SignalProgram;

/// <summary>A call with every hook. Its body waits at a gate; its hooks and its finally do where the settings say so, or fail.</summary>
internal sealed class Worker(string name, params Worker[] inner)
{
    [Sit(
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        ExceptionHooks = [nameof(OnException)],
        CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)],
        PauseHooks = [nameof(OnPause)],
        ResumeHooks = [nameof(OnResume)],
        GraceSeconds = 600)]
    public async Task<string?> Work()
    {
        Say("body");
        try
        {
            if (inner.Length > 0)
            {
                Say("got " + string.Join(
                    ' ', (await Task.WhenAll(inner.Select(worker => worker.Work()))).Select(result => result ?? "default")));
            }

            await Gates.Wait(Place("body"));
        }
        finally
        {
            await Visit("finally");
        }

        return Settings.Has("fail", "body") ? throw new InvalidOperationException("the body failed") : "done";
    }

    [Sit(OnCancel = SitOutcome.Throw)]
    public static async Task<string> WorkOrThrow()
    {
        Events.Say("body");
        await Gates.Wait("body");
        return "done";
    }

    private Task OnStartup(SitContext context) => Hook("startup", context);

    private Task OnCompletion(SitContext context) => Hook("completion", context);

    private async ValueTask OnException(SitContext context) => await Hook("exception", context);

    private Task OnCancellation(SitContext context) => Hook("cancellation", context);

    private Task OnRestart(SitContext context) => Hook("restart", context);

    // If it fails, it fails before there is a task to fail.
    private void OnPause(SitContext context)
    {
        Say("pause");
        Show("pause", context);
        if (Settings.Has("fail", "pause"))
        {
            throw new InvalidOperationException("pause");
        }
    }

    private Task OnResume(SitContext context) => Hook("resume", context);

    private async Task Hook(string hook, SitContext context)
    {
        await Visit(hook);
        Show(hook, context);
        if (Settings.Has("fail", hook))
        {
            throw new InvalidOperationException(hook);
        }
    }

    private void Show(string hook, SitContext context)
    {
        if (!SitContext.TryGetCurrent(out var current) || current != context)
        {
            Say($"{hook} in another context");
        }

        if (Settings.Has("show", "caller"))
        {
            Say($"{hook} for {Program.Caller.Value ?? "nobody"}");
        }

        if (Settings.Has("show", "interrupt"))
        {
            Say($"{hook} of {context.Name}: {context.Interrupt}, {context.Restarts} restarts");
        }
    }

    private async Task Visit(string what)
    {
        Say(what);
        if (Settings.Has("wait", what))
        {
            await Gates.Wait(Place(what));
            Say(what + " over");
        }
    }

    private void Say(string what) => Events.Say(Place(what));

    private string Place(string what) => name.Length == 0 ? what : $"{name} {what}";
}
