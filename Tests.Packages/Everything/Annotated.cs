using System.Diagnostics.CodeAnalysis;
using Sitters;

namespace Consumer;

/// <summary>Methods that tell the trimmer and the native compiler by attributes what they need, or what to expect of them.</summary>
public class Annotated
{
    private const DynamicallyAccessedMemberTypes Constructor = DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    [Sit]
    public async Task<object?> Create([DynamicallyAccessedMembers(Constructor)] Type type)
    {
        await Task.Yield();
        return Activator.CreateInstance(type);
    }

    [Sit]
    public Task<object?> CreateNotAsync([DynamicallyAccessedMembers(Constructor)] Type type) => Task.FromResult(Activator.CreateInstance(type));

    [Sit(CacheSize = 1)]
    public async Task<T> New<[DynamicallyAccessedMembers(Constructor)] T>()
    {
        await Task.Yield();
        return Activator.CreateInstance<T>();
    }

    [Sit]
    public Task<T> NewNotAsync<[DynamicallyAccessedMembers(Constructor)] T>() => Task.FromResult(Activator.CreateInstance<T>());

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "It is known to be there.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Nothing is made.")]
    public async Task CallWhatRequires()
    {
        await Require("Nobody");
        await RequireNotAsync("Nobody");
        await foreach (var _ in RequireInStream("Nobody"))
        {
        }

        await Demanding.Require("Nobody");
    }

    [Sit]
    [RequiresUnreferencedCode("Finds by name.")]
    [RequiresDynamicCode("Makes a type.")]
    public async Task<object?> Require(string name)
    {
        await Task.Yield();
        return Demanding.Make(name);
    }

    [Sit]
    [RequiresUnreferencedCode("Finds by name.")]
    [RequiresDynamicCode("Makes a type.")]
    public Task<object?> RequireNotAsync(string name) => Task.FromResult(Demanding.Make(name));

    [Sit]
    [RequiresUnreferencedCode("Finds by name.")]
    [RequiresDynamicCode("Makes a type.")]
    public async IAsyncEnumerable<object?> RequireInStream(string name)
    {
        await Task.Yield();
        yield return Demanding.Make(name);
    }

    [Sit]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "It is known to be there.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Nothing is made.")]
    public async Task<object?> Suppress()
    {
        await Task.Yield();
        return Demanding.Make("Nobody");
    }
}

public class Annotated<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>
{
    [Sit]
    public async Task<T> New()
    {
        await Task.Yield();
        return Activator.CreateInstance<T>();
    }
}

[RequiresUnreferencedCode("Finds by name.")]
[RequiresDynamicCode("Makes a type.")]
public static class Demanding
{
    [Sit(StartupHooks = [nameof(OnStartup)])]
    public static async Task<object?> Require(string name)
    {
        await Task.Yield();
        return Make(name);
    }

    public static object? Make(string name) =>
        Type.GetType(name) is { } type ? Activator.CreateInstance(typeof(List<>).MakeGenericType(type)) : null;

    private static void OnStartup()
    {
    }
}
