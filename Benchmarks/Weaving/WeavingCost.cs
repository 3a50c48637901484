namespace Benchmarks.Weaving;

/// <summary>What weaving adds to a build, over Fody with a weaver that does nothing.</summary>
internal static class WeavingCost
{
    public static async Task Print(TextWriter output)
    {
        using var workshop = new Workshop();
        await workshop.BuildIdleWeaver();
        await output.WriteLineAsync($"{"sat methods",12}{"Fody alone",20}{"with Sitters",20}{"added",20}");
        foreach (var methods in new[] { 1_000, 10_000 })
        {
            var alone = await workshop.Build(methods, "Idle");
            var woven = await workshop.Build(methods, "Sitters");
            var added = new BuildCost(woven.Fody - alone.Fody, woven.PeakMemory - alone.PeakMemory, woven.Size - alone.Size);
            await output.WriteLineAsync($"{methods,12:N0}{alone,20}{woven,20}{added,20}");
        }
    }
}
