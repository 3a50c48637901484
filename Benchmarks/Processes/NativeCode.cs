using Benchmarks.Report;
using Benchmarks.Weaving;

namespace Benchmarks.Processes;

/// <summary>
/// What a sat method adds to a native program: what the program grows by from fewer methods to more, woven and not. So neither the
/// runtime, which is in it once, is counted, nor the methods themselves.
/// </summary>
internal static class NativeCode
{
    private const int Fewer = 100;
    private const int More = 600;
    private const int Kilobyte = 1024;

    private const string Case = "A native program (Native AOT): bytes that each sat method adds to it, beside the method itself";

    public static async Task<IReadOnlyList<Line>> Measure()
    {
        using var workshop = new Workshop();
        await workshop.BuildIdleWeaver();
        try
        {
            return
            [
                await Of(workshop, "[Sit]", CodeKinds.Bare) with { MostBytes = 2 * Kilobyte },
                await Of(workshop, "[Sit] of several kinds, half of them with helpers", CodeKinds.All),
            ];
        }
        catch (MissingLinkerException)
        {
            return [new Line(Case, "not measured: clang or gcc is needed") { MostBytes = 2 * Kilobyte }];
        }
    }

    private static async Task<Line> Of(Workshop workshop, string subject, CodeKinds kinds)
    {
        var plain = await BytesOfMethod(workshop, kinds, "Idle");
        var woven = await BytesOfMethod(workshop, kinds, "Sitters");
        return new Line(Case, subject)
        {
            Times = woven / plain,
            Bytes = woven - plain,
            AreBytesAdded = true,
            Took = $"{woven:#,0} B / {plain:#,0} B",
        };
    }

    private static async Task<double> BytesOfMethod(Workshop workshop, CodeKinds kinds, string weaver)
    {
        var fewer = await workshop.PublishNative(Fewer, kinds, weaver);
        var more = await workshop.PublishNative(More, kinds, weaver);
        return (double)(more - fewer) / (More - Fewer);
    }
}
