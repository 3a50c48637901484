using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess;

/// <summary>What can, and what can't, say "no result".</summary>
public class Outcomes
{
    [Sit]
    public async Task Nothing() => await Task.Yield();

    [Sit]
    public async Task<int> Number() => 1;

    [Sit]
    public async Task<int?> NullableNumber() => 1;

    [Sit]
    public async ValueTask<string> Text() => "";

    [Sit]
    public async ValueTask<string?> NullableText() => "";

    [Sit]
    public async Task<Dictionary<string, string?>> Map() => [];

    [Sit]
    public async Task<int[]?> NullableArray() => [];

    [Sit]
    public async Task<Either> Union() => new("");

    [Sit]
    public async Task<T> OfValue<T>(T value)
        where T : struct => value;

    [Sit]
    public async Task<T?> OfNullableValue<T>(T value)
        where T : struct => value;

    [Sit]
    public async Task<T?> OfClass<T>(T value)
        where T : class => value;

    [Sit]
    public async Task<T?> OfBase<T>(T value)
        where T : Outcomes => value;

    [Sit]
    public async Task<T?> OfInterface<T>(T value)
        where T : IDisposable => value;

    [Sit]
    public async Task<T?> OfAnything<T>(T value) => value;

    [Sit]
    public async IAsyncEnumerable<string?> Stream()
    {
        await Task.Yield();
        yield return null;
    }

#nullable disable
    [Sit]
    public async Task<string> Oblivious() => "";

    [Sit]
    public async Task<T> ObliviousAnything<T>(T value) => value;
#nullable enable
}

/// <summary>In the shape that the compiler gives to a union of a string and a number.</summary>
[Union]
public readonly struct Either
{
    public Either(string text) => Value = text;

    public Either(int number) => Value = number;

    public object? Value { get; }
}
