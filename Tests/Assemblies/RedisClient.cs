using System.Runtime.Loader;

namespace Tests.Assemblies;

/// <summary>The code that uses StackExchange.Redis, loaded together with that as its authors built it, or woven.</summary>
internal sealed class RedisClient
{
    private static readonly ForeignAssembly _redis = new("StackExchange.Redis");
    private static readonly ForeignAssembly _use = new("ForeignAssemblies");

    private readonly AssemblyLoadContext _context;
    private readonly Type _code;

    private RedisClient(byte[]? redis)
    {
        _context = _redis.NewContext();
        if (redis is not null)
        {
            _context.LoadFromStream(new MemoryStream(redis));
        }

        _code = _context.LoadFromAssemblyPath(_use.Subject.Dll).GetType("ForeignAssemblies.RedisUse", throwOnError: true)!;
    }

    public static RedisClient Unwoven { get; } = new(null);

    public static RedisClient Woven { get; } = new(_redis.Woven.Dll);

    public Task<IReadOnlyList<string>> Answers(RedisServer server) =>
        Method<Func<string, Task<IReadOnlyList<string>>>>("Answers")(server.Endpoint);

    public async Task<RedisConnection> Open(RedisServer server)
    {
        var (evaluate, execute, close) =
            await Method<Func<string, Task<(Func<string, Task<string?>>, Func<string[], Task<string?>>, Func<Task>)>>>("Open")(
                server.Endpoint);
        return new RedisConnection(evaluate, execute, close);
    }

    private T Method<T>(string name)
        where T : Delegate => _code.GetMethod(name)!.CreateDelegate<T>();
}
