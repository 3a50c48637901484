using Sitters;

namespace Interleaved;

/// <summary>Where the calls of a scenario run: in the process, or in a scope of their own.</summary>
internal sealed class Target(Subject subject, Stage stage, bool hasScope)
{
    private SitterScope? _scope;
    private IDisposable? _configuration;

    public CancellationTokenSource Callers { get; } = new();

    /// <summary>The call of a second caller, which joined the first one's; null where nobody did.</summary>
    public Task<int>? Joined { get; private set; }

    /// <summary>When that caller had its task; 0 before.</summary>
    public int JoinedAt { get; private set; }

    public IReadOnlyList<SitContext> ActiveCalls => _scope?.ActiveCalls ?? Sitter.ActiveCalls;

    public bool IsPaused => _scope?.IsPaused ?? Sitter.IsPaused;

    /// <summary>On the thread that makes the call.</summary>
    public void Begin()
    {
        if (hasScope)
        {
            _scope = SitterScope.Begin(new SitterScopeOptions { TimeProvider = stage.Clock });
        }
    }

    public void Cancel() => Do(_scope is null ? Sitter.Cancel : _scope.Cancel);

    public void Pause() => Do(_scope is null ? Sitter.Pause : _scope.Pause);

    public void Resume() => Do(_scope is null ? Sitter.Resume : _scope.Resume);

    public void Restart() => Do(_scope is null ? Sitter.Restart : _scope.Restart);

    public void Dispose() => _scope?.Dispose();

    public void SwapConfiguration() =>
        _configuration = Sitter.Configure(static configuration => configuration.Methods["Interleaved.Subject"] = new SitSettings { MaxAttempts = 4 });

    public void SwapBack() => _configuration?.Dispose();

    public void JoinAndLeave()
    {
        if (hasScope && stage.Attempts.Count == 0)
        {
            // This thread is not in the scope: a shared call that it began would not be either.
            return;
        }

        using var leaving = new CancellationTokenSource();
        Joined = subject.Cached(leaving.Token);
        JoinedAt = stage.Tick();
        leaving.Cancel();
    }

    private void Do(Action order)
    {
        if (!hasScope || _scope is not null)
        {
            order();
        }
    }
}
