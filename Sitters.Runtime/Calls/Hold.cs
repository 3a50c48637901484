using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>A pause of certain calls, which were named one by one or by a filter. Each of them keeps it until it ends.</summary>
/// <param name="order">The order.</param>
/// <param name="scope">Where it was given; null for the process. When it is left, the pause ends.</param>
internal sealed class Hold(GivenOrder order, SitterScope? scope)
{
    public GivenOrder Order => order;

    /// <summary>The epoch of the order.</summary>
    public int Stamp => order.Epoch;

    public SitterScope? Scope => scope;

    /// <summary>Ends it, if it has a time; kept here so that it is not collected.</summary>
    public OneShot? End { get; set; }
}
