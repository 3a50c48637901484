using Benchmarks.Report;
using Benchmarks.Weaving;

namespace Benchmarks.Growing;

/// <summary>From a thousand sat methods in an assembly to ten thousand: what weaving adds to a weaver that does nothing.</summary>
internal static class WeavingGrowth
{
    private static readonly int[] _numbers = [1_000, 2_000, 5_000, 10_000];

    public static async Task<IReadOnlyList<Growth>> Measure()
    {
        var times = new Costs();
        var bytes = new Costs();
        using var workshop = new Workshop();
        await workshop.BuildIdleWeaver();
        foreach (var number in _numbers)
        {
            var alone = await workshop.Build(number, "Idle");
            var woven = await workshop.Build(number, "Sitters");
            times.Add("Fody alone", number, alone.Fody.TotalMicroseconds);
            times.Add("what Sitters adds", number, (woven.Fody - alone.Fody).TotalMicroseconds);
            bytes.Add("the assembly unwoven", number, alone.Size);
            bytes.Add("what Sitters adds", number, woven.Size - alone.Size);
        }

        const string of = "sat methods in an assembly";
        return
        [
            new Growth("growth-weaving-time", "Build time of each sat method", of, "microseconds", times.Series),
            new Growth("growth-weaving-bytes", "Size of each sat method", of, "bytes of IL and metadata", bytes.Series),
        ];
    }
}
