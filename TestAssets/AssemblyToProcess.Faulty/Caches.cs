using Sitters;

namespace AssemblyToProcess.Faulty;

public class Caches
{
    [Sit(CacheSize = 3)]
    public Task NoResult() => Task.CompletedTask; // SIT004

    [Sit(CacheSize = 3)]
    public async ValueTask NoResultEither()
    { // SIT004
        await Task.Yield();
    }

    [Sit(CacheSize = 3)]
    public Task<int> Array(int[] numbers) => Task.FromResult(numbers.Length); // SIT010

    [Sit(CacheSize = 3)]
    public Task<int> Lists(List<int> list, IEnumerable<int> sequence, (int, string[]) tuple) => Task.FromResult(list.Count); // SIT010 SIT010 SIT010

    [Sit(CacheSize = 3)]
    public Task<int> Plain(Unequal value) => Task.FromResult(value.GetHashCode()); // SIT010

    [Sit(CacheSize = 3)]
    public Task<int> OfParts(Pair<int[]> value) => Task.FromResult(value.GetHashCode()); // SIT010

    [Sit(CacheSize = 3)]
    public Task<int> View(ReadOnlyMemory<byte> bytes) => Task.FromResult(bytes.Length); // SIT010

    [Sit(CacheSize = 3)]
    public Task<int> FineParts(Pair<string> value, DayOfWeek day, Guid id) => Task.FromResult(value.GetHashCode());

    [Sit(CacheSize = 3)]
    public Task<int> Fine(
        int number, string text, Equal value, (int, string) tuple, DateTime? time, Type type, object any, Func<int> call,
        CancellationToken token) =>
        Task.FromResult(number);

    [Sit(CacheSize = 3)]
    public Task<Stream> UsedUp() => Task.FromResult(Stream.Null); // SIT012

    [Sit(CacheSize = 3)]
    public Task<IEnumerator<int>> UsedUpToo() => throw new NotSupportedException(); // SIT012

    [Sit(CacheSize = 3)]
    public async IAsyncEnumerable<int> Elements()
    { // SIT012
        await Task.Yield();
        yield return 1;
    }

    [Sit(CacheSize = 3)]
    public IAsyncEnumerator<int> Enumerator() => throw new NotSupportedException(); // SIT012
}

public readonly struct CachesInStruct(int[] numbers)
{
    [Sit(CacheSize = 3)]
    public Task<int> Length() => Task.FromResult(numbers.Length); // SIT010
}

public class Unequal;

public readonly struct Pair<T>(T first, T second)
{
    public T First { get; } = first;

    public T Second { get; } = second;
}

public record Equal(int Number);
