using System.Diagnostics.Tracing;
using Sitters;
using Sitters.Runtime.Remote;

namespace Tests.Remote;

/// <summary>What the event source tells whoever has knocked.</summary>
internal sealed class EventTests
{
    [Test]
    public async Task it_tells_where_the_channel_is_or_why_there_is_none()
    {
        // .NET lets one source of a name speak: that of the process.
        Sitter.ListenToSignals();
        SittersEvents? source;
        while ((source = EventSource.GetSources().OfType<SittersEvents>().FirstOrDefault()) is null)
        {
            await Task.Delay(10);
        }

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
