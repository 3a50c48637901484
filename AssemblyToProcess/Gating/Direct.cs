namespace AssemblyToProcess.Gating;

/// <summary>Awaits that the runtime, where it suspends methods itself, knows together with the call before them: no task lies between.</summary>
public class Direct
{
    public async Task<int> OfTask() => await Work();

    public async Task<int> OfConfiguredTask() => await Work().ConfigureAwait(false);

    public async Task<int> OfValueTask() => await WorkOfValueTask();

    public async Task<int> OfConfiguredValueTask() => await WorkOfValueTask().ConfigureAwait(false);

    private static async Task<int> Work()
    {
        await Task.Yield();
        return 3;
    }

    private static async ValueTask<int> WorkOfValueTask()
    {
        await Task.Yield();
        return 3;
    }
}
