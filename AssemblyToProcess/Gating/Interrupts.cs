using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Methods that are interrupted.</summary>
public class Interrupts : Scene
{
    [Sit]
    public async Task<int?> Traced()
    {
        try
        {
            Say("begins");
            await Here(At("work"));
            return 1;
        }
        catch (OperationCanceledException exception)
        {
            Trace = exception.StackTrace;
            throw;
        }
    }

    public bool Captures { get; set; }

    [Sit]
    public async Task<int?> IsToldWhereToGoOn()
    {
        try
        {
            await At("work").ConfigureAwait(Captures);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Say(SynchronizationContext.Current is null ? "elsewhere" : "there");
            throw;
        }
    }

    [Sit]
    public async Task<int?> IsToldByOneOfTwo()
    {
        try
        {
            await At("work").ConfigureAwait(Captures || Line > 0);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Say(SynchronizationContext.Current is null ? "elsewhere" : "there");
            throw;
        }
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> CleansUp()
    {
        await using var asynchronous = new Closing(this);
        using var synchronous = new Disposing(this);
        try
        {
            try
            {
                await At("work");
                Say("went on");
            }
            catch (OperationCanceledException)
            {
                Say("catch");
                await At("catch");
                Say("catch is over");
                throw;
            }
        }
        finally
        {
            Say("finally");
            await At("finally");
            Say("finally is over");
        }

        return 1;
    }

    [Sit]
    public async Task<int?> IsBusy()
    {
        await At("work");
        Say("busy");
        Say("still busy");
        try
        {
            NextLine();
            await At("never");
            Say("went on");
            return 1;
        }
        catch (OperationCanceledException exception)
        {
            Trace = exception.StackTrace;
            throw;
        }
    }

    [Sit]
    public async Task<int?> IsBusyThenSuspends()
    {
        Say("busy");
        try
        {
            await At("never");
            Say("went on");
            return 1;
        }
        finally
        {
            Say("finally");
        }
    }

    /// <summary>Never suspends before it is interrupted.</summary>
    [Sit]
    public async ValueTask<int?> NeverSuspends()
    {
        for (var i = 0; i < 10; i++)
        {
            Say($"round {i}");
            await Task.CompletedTask;
        }

        return 1;
    }

    /// <summary>Its cleanup throws before it returns a task; what comes after that is no cleanup.</summary>
    [Sit(TimeoutSeconds = 3, TimeoutHooks = [nameof(OnTimeout)])]
    public async Task<int?> CleansUpBadly(bool disposes)
    {
        try
        {
            if (disposes)
            {
                await using var broken = new Broken();
            }
            else
            {
                await CallInFinally();
            }
        }
        catch (ArgumentException)
        {
            Say("caught");
        }

        await Helped();
        return 1;
    }

    /// <summary>Awaits what takes a token and does not listen to it.</summary>
    [Sit]
    public async Task<int?> HearsNothing()
    {
        await Deaf();
        return 1;
    }

    [Sit]
    public async Task<int?> Finds(Task begun)
    {
        for (var i = 0; i < 10; i++)
        {
            Say($"round {i}");
            await begun;
        }

        return 1;
    }

    [Sit(
        CompletionHooks = [nameof(OnCompletion)], CancellationHooks = [nameof(OnCancellation)], TimeoutHooks = [nameof(OnTimeout)],
        RestartHooks = [nameof(OnRestart)], TimeoutSeconds = 3)]
    public async Task<int?> Swallows()
    {
        Say("begins");
        try
        {
            await At("work");
        }
        catch (OperationCanceledException)
        {
            Say("swallowed");
        }

        return 5;
    }

    [Sit]
    public async Task<int?> SwallowsAndGoesOn()
    {
        for (var i = 0; i < 3; i++)
        {
            try
            {
                await At($"work {i}");
                Say($"did {i}");
            }
            catch (OperationCanceledException)
            {
                Say($"swallowed {i}");
            }
        }

        return 5;
    }

    [Sit]
    public async Task<int?> Translates()
    {
        try
        {
            await At("work");
            return 1;
        }
        catch (OperationCanceledException exception)
        {
            throw new InvalidOperationException("gave up", exception);
        }
    }

    [Sit]
    public async Task<int?> AwaitsTask(Task<int> task) => await task;

    [Sit]
    public async Task<int?> AwaitsValueTask(ValueTask<int> task) => await task;

    [Sit]
    public async Task<int?> AwaitsValueTaskElsewhere(ValueTask<int> task) => await task.ConfigureAwait(false);

    [Sit]
    public async Task<int?> AwaitsTaskElsewhere(Task<int> task) => await task.ConfigureAwait(false);

    /// <summary>Is interrupted before it reaches the await.</summary>
    [Sit]
    public async Task<int?> AwaitsTooLate(Task<int> task)
    {
        Say("busy");
        return await task;
    }

    private sealed class Closing(Interrupts scene) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            scene.Say("await using");
            await scene.At("await using");
            scene.Say("await using is over");
        }
    }

    private sealed class Disposing(Interrupts scene) : IDisposable
    {
        public void Dispose() => scene.Say("using");
    }

    private async Task CallInFinally()
    {
        try
        {
            await Task.Yield();
        }
        finally
        {
            await Break();
        }
    }

    private async Task Helped() => await At("work");

    private static Task Break() => throw new ArgumentException("broken");

    private sealed class Broken : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => throw new ArgumentException("broken");
    }

#pragma warning disable IDE0060 // The token is not listened to.
    private Task Deaf(CancellationToken token = default) => At("deaf");
#pragma warning restore IDE0060
}
