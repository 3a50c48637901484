using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>A pause of certain calls, which were named one by one or by a filter. Each of them keeps it until it ends.</summary>
internal sealed class Hold(SitControl control)
{
    public SitControl Control => control;

    /// <summary>Ends it, if it has a time; kept here so that it is not collected.</summary>
    public OneShot? End { get; set; }
}
