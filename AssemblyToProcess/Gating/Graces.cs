using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Attempts whose cleanup does not end.</summary>
public class Graces : Scene
{
    [Sit(CancellationHooks = [nameof(OnCancellation)], TimeoutHooks = [nameof(OnTimeout)], TimeoutSeconds = 60)]
    public async Task<int?> Hangs()
    {
        try
        {
            await At("work");
        }
        finally
        {
            Say("cleans");
            await At("cleaning");
            Say("clean");
            await Task.CompletedTask;
            await Helper();
            Say("over");
        }

        return 1;
    }

    [Sit(GraceSeconds = 0.5, RestartHooks = [nameof(OnRestart)], StartupHooks = [nameof(OnStartup)])]
    public async Task<int?> HangsOnce()
    {
        try
        {
            await At("work");
            return 1;
        }
        finally
        {
            Say("cleans");
            await At("cleaning");
            Say("clean");
        }
    }

    /// <summary>Interrupted before it has ever suspended.</summary>
    [Sit]
    public async Task<int?> HangsAtOnce()
    {
        try
        {
            SitContext.Current.Cancel();
            await At("work");
        }
        finally
        {
            Say("cleans");
            await At("cleaning");
        }

        return 1;
    }

    /// <summary>The helper hangs in its cleanup: what stands further out is not reached before it ends.</summary>
    [Sit]
    public async Task<int?> HelperHangs()
    {
        try
        {
            await Stubborn();
        }
        finally
        {
            Say("finally");
        }

        return 1;
    }

    /// <summary>Discards the interrupt, and starts again for a long time.</summary>
    [Sit]
    public async Task<int?> Stubbornly()
    {
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                await At("work");
                Say("went on");
            }
            catch (OperationCanceledException)
            {
                Say("swallowed");
            }
        }

        return 1;
    }

    private async Task Helper()
    {
        Say("helper");
        await At("helper");
        Say("helper is over");
    }

    private async Task Stubborn()
    {
        try
        {
            await At("work");
        }
        finally
        {
            Say("cleans");
            await At("cleaning");
            Say("clean");
        }
    }
}
