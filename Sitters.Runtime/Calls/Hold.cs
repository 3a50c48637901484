using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>A pause of certain calls, which were named one by one or by a filter. Each of them keeps it until it ends.</summary>
/// <param name="stamp">The epoch of the order.</param>
/// <param name="control">The order.</param>
/// <param name="scope">Where it was given; null for the process. When it is left, the pause ends.</param>
internal sealed class Hold(int stamp, SitControl control, SitterScope? scope)
{
    public int Stamp => stamp;

    public SitControl Control => control;

    public SitterScope? Scope => scope;

    /// <summary>Ends it, if it has a time; kept here so that it is not collected.</summary>
    public OneShot? End { get; set; }
}
