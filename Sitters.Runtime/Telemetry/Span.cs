using System.Diagnostics;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Telemetry;

/// <summary>A span that is open. Its times are those of the call's clock.</summary>
internal sealed class Span
{
    /// <summary>What was current where the call was made.</summary>
    private readonly Activity? _before;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startStamp;

    private Span(Activity activity, Activity? before, TimeProvider clock)
    {
        Activity = activity;
        _before = before;
        _clock = clock;
        _startedAt = Clock.ReadTimeOfDay(clock);
        _startStamp = Clock.ReadFine(clock);
    }

    public Activity Activity { get; }

    public bool HasEnded => Activity.IsStopped;

    private DateTimeOffset Now => _startedAt + Clock.Since(_startStamp, _clock);

    /// <summary>Opens one that is the current one of the running code from here on, inside what was current before.</summary>
    /// <returns>Null if nobody listens, or none of those who do wants this one.</returns>
    public static Span? Open(ActivitySource source, string name, TimeProvider clock, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        var before = Activity.Current;
        Span? span = null;
        try
        {
            if (source.CreateActivity(name, ActivityKind.Internal, default(ActivityContext), tags.ToArray()) is { } activity)
            {
                span = new Span(activity, before, clock);
                activity.SetStartTime(span._startedAt.UtcDateTime);
                activity.Start();
            }
        }
        catch (Exception failure)
        {
            Listeners.Report(failure);
        }

        return span;
    }

    /// <summary>Something has happened.</summary>
    public void Add(string name, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Activity.IsAllDataRequested && !HasEnded)
        {
            Activity.AddEvent(new ActivityEvent(name, Now, new ActivityTagsCollection(tags.ToArray())));
        }
    }

    /// <summary>Ends it, as all that happens to it has ended.</summary>
    /// <param name="tags">What has come of it.</param>
    /// <param name="isError">Whether that is an error.</param>
    /// <param name="failure">The exception, which reaches the caller: it is named, but not recorded, as whoever handles it may do that.</param>
    public void Close(ReadOnlySpan<KeyValuePair<string, object?>> tags, bool isError, Exception? failure)
    {
        var current = Activity.Current;
        try
        {
            if (Activity.IsAllDataRequested)
            {
                foreach (var (name, value) in tags)
                {
                    Activity.SetTag(name, value);
                }
            }

            if (isError)
            {
                Activity.SetStatus(ActivityStatusCode.Error, MessageOf(failure));
            }

            Activity.SetEndTime(Now.UtcDateTime);
            Activity.Stop();
        }
        catch (Exception thrown)
        {
            Listeners.Report(thrown);
        }

        // It may have been closed by code of another call.
        Spans.SetCurrent(current == Activity ? _before : current);
    }

    /// <summary>An exception's message may be made by code of the user's.</summary>
    private static string? MessageOf(Exception? failure)
    {
        try
        {
            return failure?.Message;
        }
        catch (Exception thrown)
        {
            Listeners.Report(thrown);
            return null;
        }
    }

    /// <summary>The running code is that of the caller from here on.</summary>
    public void Leave()
    {
        if (Activity.Current == Activity)
        {
            Spans.SetCurrent(_before);
        }
    }
}
