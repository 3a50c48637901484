namespace Sitters.Runtime.Plans;

/// <summary>How many results are kept, and for how long.</summary>
/// <param name="Size">0 is no cache of our own.</param>
/// <param name="Time">After a result was stored; null is no limit.</param>
/// <param name="SlidingTime">After it was last used; null is no limit.</param>
internal sealed record CacheLimits(int Size, TimeSpan? Time, TimeSpan? SlidingTime);
