using Sitters;

namespace AssemblyToProcess.Faulty;

public class Results
{
    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault)]
    public async Task<int> Number()
    { // SIT005
        await Task.Yield();
        return 1;
    }

    [Sit(AttemptTimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault)]
    public ValueTask<string> Text() => new(""); // SIT005

    [Sit(OnCancel = SitOutcome.ReturnDefault)]
    public Task<Dictionary<string, string?>> Generic() => throw new NotSupportedException(); // SIT005

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault, OnCancel = SitOutcome.ReturnDefault)]
    public Task<T> Value<T>()
        where T : struct => throw new NotSupportedException(); // SIT005 SIT005

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault, OnCancel = SitOutcome.ReturnDefault)]
    public Task<int?> NullableNumber() => throw new NotSupportedException();

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault)]
    public Task<string?> NullableText() => throw new NotSupportedException();

    [Sit(OnCancel = SitOutcome.ReturnDefault)]
    public Task<T?> Anything<T>() => throw new NotSupportedException();

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault)]
    public ValueTask<List<string>?> NullableGeneric() => throw new NotSupportedException();

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.Throw, OnCancel = SitOutcome.Auto)]
    public Task<int> Throws() => throw new NotSupportedException();

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault, OnCancel = SitOutcome.ReturnDefault)]
    public Task None() => Task.CompletedTask;

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault, OnCancel = SitOutcome.ReturnDefault)]
    public IAsyncEnumerable<int> SomeElements() => throw new NotSupportedException();

#nullable disable
    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault)]
    public Task<string> Oblivious() => throw new NotSupportedException();
#nullable enable
}

[Sit(TimeoutSeconds = 1)]
public class ResultsOfLambdas
{
    public Func<Task<int>> Capturing(int number)
    {
        return [Sit(OnTimeout = SitOutcome.ReturnDefault)] async () => await Task.FromResult(number); // SIT005
    }

    public Func<Task<int>> Alone()
    {
        return [Sit(OnTimeout = SitOutcome.ReturnDefault)] async () => await Task.FromResult(1); // SIT005
    }

    public Task<int> Local()
    {
        return Inner();

        [Sit(OnTimeout = SitOutcome.ReturnDefault)]
        async Task<int> Inner() => await Task.FromResult(1); // SIT005
    }
}
