using Sitters;

namespace Samples.Testing;

// README: testing-subject
public interface IWeather
{
    Task<bool> IsCalm();
}

public class Ferry(IWeather weather, TimeProvider clock)
{
    [Sit(MaxAttempts = 5, RetryDelaySeconds = 600, TimeoutSeconds = 7200)]
    public async Task<string?> Cross()
    {
        if (!await weather.IsCalm())
        {
            throw new IOException("storm");
        }

        await Task.Delay(TimeSpan.FromMinutes(25), clock);
        return "over there";
    }
}

// In the test project: storms some times, and is calm then.
public class Storms(int times) : IWeather
{
    private int _asked;

    public Task<bool> IsCalm() => Task.FromResult(Interlocked.Increment(ref _asked) > times);
}

// Does not answer.
public class Silence : IWeather
{
    public Task<bool> IsCalm() => new TaskCompletionSource<bool>().Task;
}
// end

/// <summary>A service that takes real time, as one behind a network does.</summary>
public class RealService : IWeather
{
    public async Task<bool> IsCalm()
    {
        await Task.Delay(50);
        return true;
    }
}
