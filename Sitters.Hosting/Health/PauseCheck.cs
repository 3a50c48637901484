using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sitters.Hosting.Life;
using Sitters.Hosting.Logs;

namespace Sitters.Hosting.Health;

/// <summary>Degraded while calls of the host are paused: it lives, and is not ready for more.</summary>
/// <param name="calls">Those of the host; null where Sitters was not added to it, and all of the process count.</param>
internal sealed class PauseCheck(HostedCalls? calls) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var pauses = SitEngine.Instance.PausesOf(calls?.Scope);
        var active = calls?.Active ?? [.. SitEngine.Instance.ActiveCalls(null)];
        var paused = active.FindAll(static call => call.State is SitState.Paused or SitState.Pausing or SitState.Pending);
        if (pauses.Count == 0 && paused.Count == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy("No sat call is paused."));
        }

        // A pause of single calls is known by these alone.
        var control = pauses.Count > 0 ? pauses[0].Control : paused[0].LastControl;
        var data = new Dictionary<string, object> { ["paused"] = paused.Count };
        Add(data, "methods", pauses.Count > 0 ? pauses[0].Methods ?? "*" : null);
        Add(data, "since", pauses.Count > 0 ? pauses[0].Since : null);
        Add(data, "source", control?.Source.ToString());
        Add(data, "identity", control?.Identity);
        Add(data, "reason", control?.Reason);
        var what = pauses.Count == 0 ? "Single calls are paused"
            : pauses[0].Methods is { } methods ? $"{methods} is paused"
            : "Everything is paused";
        return Task.FromResult(HealthCheckResult.Degraded(
            control?.Reason is { } reason ? $"{what}: {Words.OneLine(reason)}" : $"{what}.", data: data));
    }

    private static void Add(Dictionary<string, object> data, string key, object? value)
    {
        if (value is not null)
        {
            // The framework logs the data too, an entry a line.
            data[key] = value is string text ? Words.OneLine(text) : value;
        }
    }
}
