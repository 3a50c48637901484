namespace Sitters.Runtime.Calls;

/// <summary>An order as all the calls that it is for keep it: one object for all of them.</summary>
/// <param name="Control">The order.</param>
/// <param name="Epoch">When it was given.</param>
internal sealed record GivenOrder(SitControl Control, int Epoch);
