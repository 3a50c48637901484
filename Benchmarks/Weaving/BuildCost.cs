namespace Benchmarks.Weaving;

/// <summary>One build.</summary>
/// <param name="Fody">How long Fody took in it, from reading the assembly to writing it.</param>
/// <param name="PeakMemory">The most bytes that the process had in memory: MSBuild itself and all its tasks, except the compiler.</param>
/// <param name="Size">The bytes of the assembly.</param>
internal sealed record BuildCost(TimeSpan Fody, long PeakMemory, long Size)
{
    private const int Megabyte = 1 << 20;

    public override string ToString() => $"{Fody.TotalSeconds:0.00} s {PeakMemory / Megabyte,5:N0} MB";
}
