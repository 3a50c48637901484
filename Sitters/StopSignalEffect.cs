namespace Sitters;

/// <summary>What a signal to stop has brought about in a host.</summary>
internal enum StopSignalEffect
{
    /// <summary>The host does with it what it does with any: it stops, or it is stopping already.</summary>
    Heard,

    /// <summary>It was not the first, and has ended the time that calls under way had.</summary>
    Hurried,

    /// <summary>It was not the first, and there is nothing left to do: calls that were cancelled do not end.</summary>
    Stuck,
}
