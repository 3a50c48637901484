namespace Sitters.Runtime.Plans;

/// <summary>
/// How many results are kept, and for how long. One object stands for the whole time in which these are the numbers of a method: where they
/// were others in between, or there was no cache, they are another object, and the cache begins anew.
/// </summary>
/// <param name="Size">0 is no cache of our own.</param>
/// <param name="Time">After a result was stored; null is no limit.</param>
/// <param name="SlidingTime">After it was last used; null is no limit.</param>
/// <param name="IsOff">The method is disabled, whichever cache it has.</param>
internal sealed record CacheLimits(int Size, TimeSpan? Time, TimeSpan? SlidingTime, bool IsOff = false);
