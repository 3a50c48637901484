using Sitters;

namespace AssemblyToProcess;

/// <summary>Every way in which an await says whether it goes on where it began.</summary>
public class Contexts
{
    [Sit]
    public async Task Configures(Task task, ValueTask<int> value, bool option)
    {
        await task;
        await task.ConfigureAwait(false);
        await task.ConfigureAwait(true);
        await Task.Yield();
        await value.ConfigureAwait(false);
        await task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await task.ConfigureAwait(option);
        await task.ConfigureAwait(option || !value.IsCompleted);
    }
}
