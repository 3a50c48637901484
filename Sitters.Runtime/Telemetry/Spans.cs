using System.Diagnostics;

namespace Sitters.Runtime.Telemetry;

/// <summary>The sources of spans.</summary>
internal static class Spans
{
    public static readonly ActivitySource Calls = Publication.Source(SitterDiagnostics.ActivitySourceName);

    public static readonly ActivitySource Attempts = Publication.Source(SitterDiagnostics.AttemptActivitySourceName);

    /// <summary>Sets the current activity of the running code. Who watches that is the user's code too.</summary>
    public static void SetCurrent(Activity? activity)
    {
        try
        {
            // One that has stopped can't become the current one again.
            Activity.Current = activity is { IsStopped: true } ? null : activity;
        }
        catch (Exception failure)
        {
            Listeners.Report(failure);
        }
    }
}
