using System.Diagnostics.Tracing;
using Sitters.Runtime.Remote;

namespace Tests.Remote;

/// <summary>What the event source tells whoever has knocked.</summary>
internal sealed class EventTests
{
    [Test]
    public void it_tells_where_the_channel_is_or_why_there_is_none()
    {
        using var source = new SittersEvents();
        using var listener = new Listener(source);

        source.Opened("ab", "/tmp/sitters-1-0.socket");
        source.Refused("cd", "too long");

        Assert.That(listener.Heard, Is.EqualTo(new[] { "Informational: Opened ab: /tmp/sitters-1-0.socket", "Error: Refused cd: too long" }));
    }

    private sealed class Listener : EventListener
    {
        public Listener(EventSource source) => EnableEvents(source, EventLevel.Informational);

        public List<string> Heard { get; } = [];

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Heard.Add($"{eventData.Level}: {eventData.EventName}");
    }
}
