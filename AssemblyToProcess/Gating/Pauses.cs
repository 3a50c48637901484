using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Methods that are paused.</summary>
public class Pauses : Scene
{
    [Sit]
    public async Task<int?> Suspends()
    {
        Say("begins");
        await At("work");
        Say("went on");
        return 1;
    }

    [Sit]
    public async Task<int?> NeverSuspends()
    {
        Say("first");
        await Task.CompletedTask;
        Say("second");
        await new ValueTask<int>(3);
        Say("third");
        return 1;
    }

    [Sit]
    public async Task<int?> CleansUp()
    {
        try
        {
            await At("work");
            Say("went on");
        }
        finally
        {
            Say("finally");
            await At("finally");
            Say("finally is over");
        }

        return 1;
    }

    [Sit(PauseHooks = [nameof(OnPause)], ResumeHooks = [nameof(OnResume)], RestartHooks = [nameof(OnRestart)])]
    public async Task<int?> StartsAgain()
    {
        await At("work");
        return 1;
    }

    [Sit]
    public async Task<int?> Places(Func<string> place)
    {
        Say(place());
        await At("work");
        Say(place());
        await Task.CompletedTask;
        Say(place());
        try
        {
            await At("more");
        }
        finally
        {
            Say(place());
        }

        return 1;
    }

    [Sit(MaxAttempts = 3, TimeoutSeconds = 60)]
    public async Task<int?> LeavesItsContext()
    {
        Say("begins");
        await At("work").ConfigureAwait(false);
        Say("went on");
        await Task.CompletedTask.ConfigureAwait(false);
        throw new InvalidOperationException("not yet");
    }

    [Sit]
    public async Task<int?> StaysAtCompletedAwaits()
    {
        Say("begins");
        await Task.CompletedTask.ConfigureAwait(false);
        Say("went on");
        return 1;
    }

    [Sit]
    public async Task<int?> AwaitsWhatRefusesToBeWaitedFor()
    {
        Say("begins");
        await new AlwaysThere();
        Say("went on");
        return 1;
    }
}
