using Sitters;

namespace AssemblyToProcess.Faulty;

public class Results
{
    [Sit(TimeoutSeconds = 1)]
    public async Task<int> Number()
    { // SIT005
        await Task.Yield();
        return 1;
    }

    [Sit(AttemptTimeoutSeconds = 1)]
    public ValueTask<string> Text() => new(""); // SIT005

    [Sit(TimeoutSeconds = 1)]
    public Task<Dictionary<string, string?>> Generic() => throw new NotSupportedException(); // SIT005

    [Sit(TimeoutSeconds = 1)]
    public Task<T> Value<T>()
        where T : struct => throw new NotSupportedException(); // SIT005

    [Sit(TimeoutSeconds = 1)]
    public Task<int?> NullableNumber() => throw new NotSupportedException();

    [Sit(TimeoutSeconds = 1)]
    public Task<string?> NullableText() => throw new NotSupportedException();

    [Sit(TimeoutSeconds = 1)]
    public ValueTask<List<string>?> NullableGeneric() => throw new NotSupportedException();

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.Throw)]
    public Task<int> Throws() => throw new NotSupportedException();

    [Sit(TimeoutSeconds = 1)]
    public Task None() => Task.CompletedTask;

    [Sit(AttemptTimeoutSeconds = 1)]
    public IAsyncEnumerable<string?> Elements() => throw new NotSupportedException(); // SIT005

    [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault)]
    public IAsyncEnumerable<int> SomeElements() => throw new NotSupportedException();

#nullable disable
    [Sit(TimeoutSeconds = 1)]
    public Task<string> Oblivious() => throw new NotSupportedException();
#nullable enable
}
