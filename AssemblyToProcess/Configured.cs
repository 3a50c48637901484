using System.CodeDom.Compiler;
using System.Runtime.CompilerServices;
using Polly.Retry;
using Sitters;

namespace AssemblyToProcess;

/// <summary>Settings at every level: what counts in the end is in each method's plan.</summary>
[Sit(TimeoutSeconds = 10, OnTimeout = SitOutcome.Throw, MaxAttempts = 4)]
public class Configured
{
    [Sit(MaxAttempts = 2)]
    public Task<int> MethodAndClass() => Task.FromResult(1);

    public async Task<int> ClassAlone() => 1;

    public Task<int> NotAsync() => Task.FromResult(1);

    [Sit(Disabled = true)]
    public Task<int> Disabled() => Task.FromResult(1);

    [Sit(TimeoutSeconds = 0)]
    public Task<int> TakesOut() => Task.FromResult(1);
}

[Sit(Retry = nameof(Options))]
public class ClassWithRetry
{
    private static RetryStrategyOptions Options { get; } = new();

    [Sit(MaxAttempts = 2)]
    public Task Shorthand() => Task.CompletedTask;
}

/// <summary>No attribute, so that FodyWeavers.xml alone may sit them.</summary>
public class ApplyTarget
{
    public async Task<int> GetAsync() => 1;

    public Task<int> NotAsync() => Task.FromResult(1);

    public async IAsyncEnumerator<int> GetAsyncEnumerator()
    {
        await Task.Yield();
        yield return 1;
    }

    public async Task<int> Other()
    {
        await Task.Yield();
        return 1;
    }

    public int NotATask() => 1;

    public Task Ref(ref int number) => Task.FromResult(number);

    [Sit(MaxAttempts = 9)]
    public Task<int> WithAttribute() => Task.FromResult(1);
}

/// <summary>As source generators write it. What an Apply passes over may bear an attribute nonetheless.</summary>
[GeneratedCode("generator", "1.0")]
public class ApplyGenerated
{
    public async Task<int> GetAsync() => 1;

    [Sit(MaxAttempts = 9)]
    public Task<int> WithAttribute() => Task.FromResult(1);

    public class Nested
    {
        public Task<int> NotAsync() => Task.FromResult(1);
    }
}

/// <inheritdoc cref="ApplyGenerated"/>
[CompilerGenerated]
[Sit(MaxAttempts = 8)]
public class ApplyGeneratedWithAttribute
{
    public async Task<int> GetAsync() => 1;
}

public class ApplyPartlyGenerated
{
    public async Task<int> GetAsync() => 1;

    [GeneratedCode("generator", "1.0")]
    public async Task<int> Generated() => 1;
}

public class CacheTarget
{
    public async Task<int> Number() => 1;

    public async Task Nothing() => await Task.Yield();

    public async Task<Stream> Opened() => Stream.Null;

    public async IAsyncEnumerable<int> Elements()
    {
        await Task.Yield();
        yield return 1;
    }
}

/// <summary>Hooks at two levels, and what each level's names mean.</summary>
[Sit(HooksType = typeof(HooksOfTheClass), StartupHooks = [nameof(HooksOfTheClass.Begin)], RetryHooks = [nameof(HooksOfTheClass.Again)])]
public class HooksAtTwoLevels
{
    [Sit(StartupHooks = [nameof(Begin)])]
    public async Task Adds() => await Task.Yield();

    [Sit(StartupHooks = [nameof(Begin)], InheritHooks = false)]
    public async Task KeepsToItself() => await Task.Yield();

    public async Task Inherits() => await Task.Yield();

    private void Begin()
    {
    }
}

/// <inheritdoc cref="HooksAtTwoLevels"/>
public static class HooksOfTheClass
{
    public static void Begin()
    {
    }

    public static void Again()
    {
    }

    public static void Log()
    {
    }
}
