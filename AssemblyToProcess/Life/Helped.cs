using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Sat methods whose work is done by helpers of the same assembly: methods, lambdas and local functions.</summary>
public class Helped : Scene
{
    [Sit]
    public async Task<int?> Deep()
    {
        try
        {
            await Middle();
            return 5;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int?> Lambda()
    {
        Func<Task> lambda = async () =>
        {
            try
            {
                await Local();
            }
            finally
            {
                Say("lambda finally");
            }
        };
        await lambda();
        return 5;

        async Task Local()
        {
            Say("local");
            try
            {
                await At("door");
                Say("local after");
            }
            finally
            {
                Say("local finally");
            }
        }
    }

    [Sit]
    public async Task<int?> Parallel()
    {
        try
        {
            await Task.WhenAll(Inner(), Inner(), Inner());
            return 5;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int?> First()
    {
        var inner = Inner();
        try
        {
            await Task.WhenAny(inner, new TaskCompletionSource().Task);
            return 5;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int?> InTaskRun()
    {
        try
        {
            await Task.Run(Inner);
            return 5;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int?> CleanUpWithHelper()
    {
        try
        {
            await At("door");
            return 5;
        }
        finally
        {
            await Task.Yield();
            await Cleanup();
        }
    }

    /// <summary>A helper that a test calls by itself.</summary>
    public async Task<int> Inner()
    {
        Say("inner");
        try
        {
            await At("door");
            Say("inner after");
            return 5;
        }
        finally
        {
            await Task.Yield();
            Say("inner finally");
        }
    }

    private async Task Middle()
    {
        try
        {
            await Inner();
        }
        finally
        {
            await Task.Yield();
            Say("middle finally");
        }
    }

    private async Task Cleanup()
    {
        await Task.Yield();
        Say("cleaned");
    }
}
