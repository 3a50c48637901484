using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>A pause of everything, or of some methods, that also covers the calls that begin while it lasts. It never changes.</summary>
/// <param name="order">The order.</param>
/// <param name="methods">Null for everything.</param>
/// <param name="exceptions">Methods that were resumed since.</param>
/// <param name="end">Ends it, if it has a time.</param>
/// <param name="since">Since when it holds, by the system's clock: no other is read under the controller's lock.</param>
internal sealed class StandingPause(
    GivenOrder order, MethodPattern? methods, IReadOnlyList<MethodPattern> exceptions, OneShot? end, DateTimeOffset since)
{
    public GivenOrder Order => order;

    /// <summary>The epoch of the order.</summary>
    public int Stamp => order.Epoch;

    public MethodPattern? Methods => methods;

    public OneShot? End => end;

    public DateTimeOffset Since => since;

    public bool Covers(string method) =>
        (methods is null || methods.Matches(method)) && (exceptions.Count == 0 || !IsException(method));

    private bool IsException(string method) => exceptions.Any(exception => exception.Matches(method));

    /// <summary>The same without some of its methods.</summary>
    /// <returns>Null if nothing is left of it.</returns>
    public StandingPause? Without(MethodPattern resumed)
    {
        if (methods is null || exceptions.Any(exception => exception.Covers(resumed)))
        {
            return this;
        }

        var left = exceptions.Where(exception => !resumed.Covers(exception)).Append(resumed).ToList();
        return resumed.Covers(methods) ? null : new StandingPause(order, methods, left, end, since);
    }
}
