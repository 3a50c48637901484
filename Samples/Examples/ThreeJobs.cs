using Sitters;

namespace Samples.Examples;

// README: three-jobs
public class NightlyJobs
{
    private readonly TaskCompletionSource _copyWasPaused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasGoneOn;

    [Sit(PauseHooks = [nameof(Tell)], ResumeHooks = [nameof(Tell)])]
    public async Task Copy()
    {
        while (!_hasGoneOn)
        {
            await Task.Delay(50);
        }

        Console.WriteLine("copy: done");
    }

    [Sit]
    public async Task Mail()
    {
        await _copyWasPaused.Task;
        Console.WriteLine("mail: sent meanwhile");
    }

    [Sit]
    public async Task Index() => await Task.Delay(200);

    private async Task Tell(SitContext call)
    {
        if (call.State is SitState.Pausing or SitState.Paused)
        {
            Console.WriteLine($"copy: paused by {call.LastControl!.Identity}, because {call.LastControl.Reason}");
            _copyWasPaused.SetResult();
        }
        else
        {
            Console.WriteLine("copy: goes on");
            _hasGoneOn = true;
        }

        await Task.CompletedTask;
    }
}
// end

internal static class ThreeJobs
{
    public static async Task Run()
    {
        var jobs = new NightlyJobs();
        Task[] all = [jobs.Copy(), jobs.Mail(), jobs.Index()];
        Console.WriteLine("three jobs run");
        await Task.WhenAll(all);
        Console.WriteLine("all done");
    }
}
