using Sitters;

namespace AssemblyToProcess.Faulty;

public class SharedCaches(string tenant) : SharedCacheBase
{
    private static int _calls;
    private readonly string _culture = "en";
    private int _last;

    public string Tenant => _culture;

    public int Last
    {
        get => 0;
        set => _last = value;
    }

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public async Task<string> Field(int number)
    { // SIT016
        await Task.Yield();
        return _culture + number;
    }

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public Task<string> NotAsync(int number) => Task.FromResult(tenant + number); // SIT016

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public Task<string> Property(int number) => Task.FromResult(Tenant + number); // SIT016

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public Task<string> OfBase(int number) => Task.FromResult(Region + number); // SIT016

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public async Task<string> ThroughHelper(int number) => await Helper(number); // SIT016

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public Task<int> InLambda(int number) => Task.Run(() => number + _culture.Length); // SIT016

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public async Task<int> InLocalFunction(int number)
    { // SIT016
        await Task.Yield();
        return Local();

        int Local() => number + _culture.Length;
    }

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public Task<int> Delegated(int number) => Task.Run(Length); // SIT016

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public async Task<string> Passed(int number) => Describe(this) + number; // SIT016

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public Task<object> Returned(int number) => Task.FromResult<object>(this); // SIT016

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public async Task<int> Arguments(int number, string text)
    {
        await Task.Yield();
        _last = number;
        Last = number;
        _calls++;
        return Pure(number) + await Add(number) + await Task.Run(() => number + text.Length);
    }

    [Sit(CacheSize = 3)]
    public Task<string> PerInstance(int number) => Task.FromResult(_culture + number);

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public static Task<int> Static(SharedCaches other) => Task.FromResult(other._last); // SIT010

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    public async Task<int> OfOther(int number)
    {
        var other = new SharedCaches("a");
        return other._last + number;
    }

    private static string Describe(SharedCaches caches) => caches.Tenant;

    private async Task<string> Helper(int number)
    {
        await Task.Yield();
        return _culture + number;
    }

    private async Task<int> Add(int number)
    {
        await Task.Yield();
        return number + _calls;
    }

    private int Pure(int number) => number * 2;

    private int Length() => _culture.Length;
}

public class SharedCacheBase
{
    private protected string Region { get; init; } = "eu";
}

public interface ISharedCaches
{
    string Name { get; }

    [Sit(CacheSize = 3, CacheScope = CacheScope.Shared)]
    Task<string> Greet(int number) => Task.FromResult(Name + number); // SIT016
}
