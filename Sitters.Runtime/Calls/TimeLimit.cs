namespace Sitters.Runtime.Calls;

/// <summary>What a deadline limits. In a byte, since there are many of them.</summary>
internal enum TimeLimit : byte
{
    /// <summary>The whole call.</summary>
    Call,

    /// <summary>One attempt.</summary>
    Attempt,

    /// <summary>The cleanup of an interrupted scope; after it, the caller gets the outcome anyway.</summary>
    Grace,
}
