using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Remote;

/// <summary>Which calls somebody means: those that pass everything that is said.</summary>
internal sealed class Selection
{
    public MethodPattern? Methods { get; set; }

    public CallIdSet? Ids { get; set; }

    public SitState? State { get; set; }

    public TimeSpan? OlderThan { get; set; }

    public SourcePlace? WaitsAt { get; set; }

    /// <summary>Only calls that are active now can pass, however their methods are named.</summary>
    public bool IsOfCallsNow => Ids is not null || State is not null || OlderThan is not null || WaitsAt is not null;

    public bool IsAll => Methods is null && !IsOfCallsNow;

    public List<Call> Choose()
    {
        var ages = new CallAges();
        return Controller.ActiveCalls(ControlDomain.Process).FindAll(call => Matches(call, ages));
    }

    /// <summary>The cheapest first.</summary>
    public bool Matches(Call call, CallAges ages) =>
        Methods?.Matches(call.MethodName) != false
        && (OlderThan is not { } age || ages.Of(call) >= age)
        && Ids?.Contains(call.Context.Id) != false
        && (State is not { } state || call.State == state)
        && WaitsAt?.IsIn(call) != false;
}
