using System.Collections.Concurrent;
using System.Diagnostics;
using Sitters;

namespace Tests.Telemetry;

/// <summary>Listens to the spans of the methods of Told.</summary>
internal sealed class Traces : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _started = new();
    private readonly ConcurrentQueue<Activity> _ended = new();

    /// <param name="sources">The sources; that of calls if none is named.</param>
    public Traces(params string[] sources)
    {
        string[] listened = sources.Length == 0 ? [SitterDiagnostics.ActivitySourceName] : sources;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => listened.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => Add(_started, activity),
            ActivityStopped = activity => Add(_ended, activity),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<Activity> Started => _started;

    public IReadOnlyCollection<Activity> Ended => _ended;

    /// <summary>The only one.</summary>
    public Activity Single => _ended.Single();

    /// <summary>The events of a span, with their tags.</summary>
    public static string EventsOf(Activity span) => string.Join(
        ", ", span.Events.Select(one => string.Join(' ', [one.Name, .. one.Tags.Select(tag => $"{tag.Key}={tag.Value}")])));

    public static string? Tag(Activity span, string name) => span.GetTagItem(name)?.ToString();

    public void Dispose() => _listener.Dispose();

    private static void Add(ConcurrentQueue<Activity> to, Activity activity)
    {
        if (activity.OperationName.StartsWith("Told.", StringComparison.Ordinal))
        {
            to.Enqueue(activity);
        }
    }
}
