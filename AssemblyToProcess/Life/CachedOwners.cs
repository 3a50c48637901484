using System.Runtime.InteropServices;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>An interface whose own method has a cache.</summary>
public interface ICachedGreeter
{
    string Name { get; }

    [Sit(CacheSize = 10)]
    async Task<string> Greet(int number)
    {
        await Task.Yield();
        return $"{Name} greets {number}";
    }
}

public sealed class CachedGreeter(string name) : ICachedGreeter
{
    public string Name => name;
}

public readonly record struct CachedGreeterValue(string Name) : ICachedGreeter;

[StructLayout(LayoutKind.Explicit)]
public class CachedExplicit
{
    [FieldOffset(0)]
    public int Left;

    [FieldOffset(4)]
    public int Right;

    [Sit(CacheSize = 10)]
    public async Task<int> Sum(int number) => Left + Right + number;
}

[StructLayout(LayoutKind.Sequential)]
public class CachedSequential
{
    public int First;
    public long Second;

    [Sit(CacheSize = 10)]
    public async Task<long> Sum(int number) => First + Second + number;
}

public class CachedOfType<T>(T value)
{
    [Sit(CacheSize = 10)]
    public async Task<string> Tell(int number) => $"{value} {number}";
}

/// <summary>Objects that are equal where their names are.</summary>
public record CachedRecord(string Name)
{
    [Sit(CacheSize = 10)]
    public async Task<object> Make(int number) => new();
}

/// <summary>An object that can be cloned.</summary>
public class CachedOriginal
{
    public string Name { get; set; } = "";

    public CachedOriginal Clone() => (CachedOriginal)MemberwiseClone();

    [Sit(CacheSize = 10)]
    public async Task<string> Tell(int number) => $"{Name} {number}";
}

/// <summary>A cache whose key and whose results refer to the instance.</summary>
public class CachedKnot
{
    [Sit(CacheSize = 10)]
    public async Task<CachedKnot> Itself(object key) => this;
}
