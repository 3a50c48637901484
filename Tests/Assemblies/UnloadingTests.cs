using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Tests.Assemblies;

/// <summary>A plugin that brings its own copy of Sitters leaves nothing in the process.</summary>
internal sealed class UnloadingTests
{
    [Test]
    public async Task a_plugin_with_its_own_copy_can_be_unloaded_after_all_that_it_has_used([Values] bool isHeard)
    {
        using var meters = new MeterListener { InstrumentPublished = static (instrument, meters) => meters.EnableMeasurementEvents(instrument) };
        using var spans = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        if (isHeard)
        {
            meters.Start();
            ActivitySource.AddActivityListener(spans);
        }

        var plugin = await RunAndUnload();

        for (var i = 0; i < 1000 && plugin.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10);
        }

        GC.KeepAlive(meters);
        GC.KeepAlive(spans);

        Assert.That(plugin.IsAlive, Is.False);
    }

    /// <summary>A method of its own, so that nothing of it is left when it has ended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> RunAndUnload()
    {
        var context = new PluginContext();
        await context.Run();
        context.Unload();
        return new WeakReference(context, trackResurrection: true);
    }
}
