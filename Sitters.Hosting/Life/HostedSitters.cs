using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sitters.Hosting.Configuration;
using Sitters.Hosting.Logs;

namespace Sitters.Hosting.Life;

/// <summary>The first service of a host: what it begins is there before any other starts, and ends when all others have stopped.</summary>
internal sealed class HostedSitters : IHostedLifecycleService, IDisposable
{
    private readonly HostedCalls _calls;
    private readonly CallLogs _logs;
    private readonly Drain _drain;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly DiagnosticListener? _requests;
    private readonly IConfiguration? _configuration;

    /// <summary>Ended in the reverse order.</summary>
    private readonly Stack<IDisposable> _begun = new();

    /// <summary>Whether the host tells when all services have stopped; that of before <c>IHost</c> does not.</summary>
    private bool _isToldOfStopped;
    private volatile bool _hasStarted;

    public HostedSitters(
        HostedCalls calls,
        CallLogs logs,
        IOptions<SittersOptions> options,
        IOptions<HostOptions> hostOptions,
        IHostApplicationLifetime lifetime,
        DiagnosticListener? requests,
        IConfiguration? configuration)
    {
        _calls = calls;
        _logs = logs;
        _lifetime = lifetime;
        _requests = requests;
        _configuration = configuration;
        _drain = new Drain(calls, options.Value.DrainTime(hostOptions.Value), logs.Logger);
    }

    /// <summary>Whether it was started, also if it has stopped since.</summary>
    public bool HasStarted => _hasStarted;

    /// <summary>Whether the time of calls under way has begun.</summary>
    public bool IsStopping => _drain.HasBegun;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _isToldOfStopped = true;
        Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Start();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <remarks>Here all services still serve.</remarks>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // By StopAsync alone the host tells of it only after this, and what ends on ApplicationStopping would be waited for in vain.
        _lifetime.StopApplication();
        return _drain.WhenUnderWayEnded(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _isToldOfStopped ? Task.CompletedTask : Stop(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Stop(cancellationToken);

    public void Dispose()
    {
        if (_hasStarted)
        {
            _drain.Abandon();
        }

        while (_begun.TryPop(out var begun))
        {
            begun.Dispose();
        }

        _calls.EndScope();
    }

    private void Start()
    {
        if (_hasStarted)
        {
            return;
        }

        _hasStarted = true;
        SitEngine.Instance.ListenToSignalsByDefault();
        _calls.StopSignal = _drain.OnStopSignal;
        var configured = Follow(_configuration);
        CallHosts.Add(_calls);
        _begun.Push(new Ending(() => CallHosts.Remove(_calls)));
        _begun.Push(_logs.Begin());
        configured?.Start();

        if (RequestScope.Subscribe(_requests, _calls.Scope) is { } requests)
        {
            _begun.Push(requests);
        }

        _begun.Push(_lifetime.ApplicationStopping.Register(_drain.Begin));
    }

    /// <summary>
    /// Its calls are to have the settings of the configuration from the first one on, and those of no scope from when they are its own: it is told
    /// of that in the order in which hosts come and go.
    /// </summary>
    private HostConfiguration? Follow(IConfiguration? configuration)
    {
        if (configuration is null)
        {
            return null;
        }

        var configured = new HostConfiguration(configuration, _logs.Logger, _calls.Scope);
        _begun.Push(configured);
        _calls.HostsChanged = () => configured.IncludesUnscoped = _calls.HasUnscopedCalls;
        return configured;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        try
        {
            await _drain.Finish(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Dispose();
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
