using Microsoft.Extensions.Hosting;

namespace Sitters.Hosting.Life;

/// <summary>
/// Has a host start its services in its scope: the host asks for them in the flow in which it then starts them. This one does nothing but be asked
/// for, and is made anew each time, since somebody else may have asked for them before.
/// </summary>
internal sealed class ScopeEntrance : IHostedService
{
    private static readonly ScopeEntrance _instance = new();

    /// <summary>From here on the code that runs is in the scope, unless the host runs already: then it is somebody else who asks.</summary>
    public static ScopeEntrance Enter(HostedCalls calls, HostedSitters sitters)
    {
        if (!sitters.HasStarted)
        {
            calls.Scope.Enter();
        }

        return _instance;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
