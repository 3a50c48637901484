namespace Benchmarks.Weaving;

/// <summary>This machine has nothing that links native code.</summary>
internal sealed class MissingLinkerException() : Exception("Native code is linked by clang or gcc.");
