using Microsoft.Extensions.Hosting;
using Sitters;

namespace HostOf8;

/// <summary>A service that makes one call, and tells where it runs.</summary>
internal sealed class Worker(bool yieldsFirst) : BackgroundService
{
    private readonly TaskCompletionSource _finish = new();
    private readonly TaskCompletionSource<string> _begun = new();
    private readonly TaskCompletionSource<string> _result = new();

    public Task<string> Begun => _begun.Task;

    public Task<string> Result => _result.Task;

    public void Finish() => _finish.SetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (yieldsFirst)
        {
            await Task.Yield();
        }

        _result.SetResult(await Work(stoppingToken) ?? "none");
    }

    [Sit]
    public async Task<string?> Work(CancellationToken stoppingToken)
    {
        _begun.TrySetResult($"{Sitter.ActiveCalls.Count} call in the scope");
        await _finish.Task.WaitAsync(stoppingToken);
        return "worked";
    }
}
