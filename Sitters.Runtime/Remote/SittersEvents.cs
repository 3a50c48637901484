using System.Diagnostics.Tracing;
using System.Globalization;

namespace Sitters.Runtime.Remote;

/// <summary>
/// The door that is knocked on: a session of the runtime's diagnostics port that asks for the events of this source may say, in its arguments,
/// that the channel is to be opened.
/// </summary>
/// <remarks>The runtime calls it while it holds a lock of its own that all event sources share: it reads, has a thread started, and returns.</remarks>
internal sealed class SittersEvents : EventSource
{
    public const string SourceName = "Sitters";

    /// <summary>In seconds: whoever names a later time does not mean this knock.</summary>
    private const long LongestWait = 60 * 60;

    private const int LongestId = 64;

    /// <summary>Named here, and not by an attribute: to read that takes many times as long as the rest.</summary>
    public SittersEvents()
        : base(SourceName, EventSourceSettings.EtwSelfDescribingEventFormat)
    {
    }

    // What there is to tell stands in the events' names: a method with [Event] would be described by reflection.

    /// <summary>Tells whoever has knocked where the channel is.</summary>
    [NonEvent]
    public void Opened(string id, string path) => Write($"Opened {id}: {path}", new EventSourceOptions { Level = EventLevel.Informational });

    /// <summary>Tells whoever has knocked why there is none.</summary>
    [NonEvent]
    public void Refused(string id, string reason) => Write($"Refused {id}: {reason}", new EventSourceOptions { Level = EventLevel.Error });

    /// <summary>Whether these arguments knock: for this version, in time, and with an id. Anything else means somebody else.</summary>
    internal static bool IsKnock(IDictionary<string, string?>? arguments, DateTimeOffset now, out string id)
    {
        id = "";
        if (arguments is null
            || !arguments.TryGetValue("v", out var version)
            || version != "1"
            || !arguments.TryGetValue("until", out var text)
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            || !arguments.TryGetValue("id", out var named)
            || named is not { Length: > 0 and <= LongestId }
            || !named.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        id = named;
        return until >= now.ToUnixTimeSeconds() && until - now.ToUnixTimeSeconds() <= LongestWait;
    }

    /// <summary>Also called before the constructor has ended, and for sessions and listeners that know nothing of this.</summary>
    /// <param name="command">What they ask for.</param>
    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command is EventCommand.Enable or EventCommand.Update && IsKnock(command.Arguments, DateTimeOffset.UtcNow, out var id))
        {
            Doors.Knock(id);
        }
    }
}
