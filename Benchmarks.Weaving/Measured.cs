namespace Benchmarks.Weaving;

/// <summary>One build.</summary>
/// <param name="Fody">How long Fody took in it, from reading the assembly to writing it.</param>
/// <param name="PeakMemory">The most bytes that the process had in memory: MSBuild itself and all its tasks, but for the compiler.</param>
internal sealed record Measured(TimeSpan Fody, long PeakMemory);
