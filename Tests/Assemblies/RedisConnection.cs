namespace Tests.Assemblies;

/// <summary>A connection of the woven or the unwoven client.</summary>
internal sealed class RedisConnection(Func<string, Task<string?>> evaluate, Func<string[], Task<string?>> execute, Func<Task> close)
    : IAsyncDisposable
{
    public Task<string?> Evaluate(string script) => evaluate(script);

    public Task<string?> Execute(params string[] command) => execute(command);

    public async ValueTask DisposeAsync() => await close();
}
