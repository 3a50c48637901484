using System.Diagnostics.Tracing;
using System.Runtime.Versioning;
using Sitters;
using Sitters.Runtime.Remote;
using Tests.Assemblies;

namespace Tests.Remote;

/// <summary>A plugin may bring its own copy of the runtime: both hear the knock, and each answers on a socket of its own.</summary>
[Platform("Linux,MacOSX")]
[UnsupportedOSPlatform("windows")]
[NonParallelizable]
internal sealed class TwoCopiesTests
{
    [Test]
    public async Task each_copy_of_the_runtime_opens_a_socket_of_its_own_and_a_plugin_takes_its_own_with_it()
    {
        Sitter.ListenToSignals();
        Sitter.ListenForTool();
        var plugin = new PluginContext();
        await plugin.Run();
        Assert.That(Channel.FilesOf(Environment.ProcessId), Has.Length.EqualTo(2));

        // Both have to be opened anew, and for that both have to hear.
        Array.ForEach(Channel.FilesOf(Environment.ProcessId), File.Delete);
        using (var listener = new Listener())
        {
            listener.Knock();
            await Files(2);
        }

        foreach (var file in Channel.FilesOf(Environment.ProcessId))
        {
            using var channel = await Channel.Connect(file);
            Assert.That(channel.Greeting.Number("pid"), Is.EqualTo(Environment.ProcessId));
            Assert.That((await channel.Ask("""{"do":"ps"}"""))[^1].Has("done"));
        }

        plugin.Unload();
        await Files(1);
    }

    private static async Task Files(int count)
    {
        for (var waited = TimeSpan.Zero; Channel.FilesOf(Environment.ProcessId).Count(file => file.EndsWith(".socket")) != count;)
        {
            Assert.That(waited, Is.LessThan(Stage.Patience), string.Join(", ", Channel.FilesOf(Environment.ProcessId)));
            waited += TimeSpan.FromMilliseconds(5);
            await Task.Delay(5);
        }
    }

    /// <summary>Knocks from inside: what a session of the diagnostics port has the runtime do.</summary>
    private sealed class Listener : EventListener
    {
        public void Knock()
        {
            var arguments = Knocking.Arguments().ToDictionary(argument => argument.Key, argument => (string?)argument.Value);
            foreach (var source in EventSource.GetSources().Where(source => source.Name == SittersEvents.SourceName))
            {
                EnableEvents(source, EventLevel.Informational, EventKeywords.None, arguments);
            }
        }
    }
}
