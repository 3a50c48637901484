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
            var (bare, runtime) = await Of(workshop, "[Sit]", CodeKinds.Bare);
            var (mixed, _) = await Of(workshop, "[Sit] of several kinds, some with helpers", CodeKinds.All);
            return [bare with { MostBytes = 2 * Kilobyte }, mixed, runtime];
        }
        catch (MissingLinkerException)
        {
            return [new Line(Case, "not measured: clang or gcc is needed") { MostBytes = 2 * Kilobyte }];
        }
    }

    private static async Task<(Line Method, Line Runtime)> Of(Workshop workshop, string subject, CodeKinds kinds)
    {
        var plain = await SizeOf(workshop, kinds, "Idle");
        var woven = await SizeOf(workshop, kinds, "Sitters");
        var method = new Line(Case, subject)
        {
            Times = woven.Method / plain.Method,
            Bytes = woven.Method - plain.Method,
            AreBytesAdded = true,
            Took = $"{woven.Method:0} B / {plain.Method:0} B",
        };
        var runtime = new Line(Case, "what all of them share, once")
        {
            Times = woven.Shared / plain.Shared,
            Bytes = woven.Shared - plain.Shared,
            AreBytesAdded = true,
            Took = $"{woven.Shared:0} B / {plain.Shared:0} B",
        };
        return (method, runtime);
    }

    /// <summary>The bytes of one method, and of all that does not grow with them.</summary>
    private static async Task<(double Method, double Shared)> SizeOf(Workshop workshop, CodeKinds kinds, string weaver)
    {
        var fewer = await workshop.PublishNative(Fewer, kinds, weaver);
        var more = await workshop.PublishNative(More, kinds, weaver);
        var method = (double)(more - fewer) / (More - Fewer);
        return (method, fewer - Fewer * method);
    }
}
