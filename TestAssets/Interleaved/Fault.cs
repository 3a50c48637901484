namespace Interleaved;

/// <summary>What the subject fails with by itself.</summary>
internal sealed class Fault() : Exception("The operation failed.");
