using Sitters.Runtime.Calls;
using Sitters.Runtime.Control;

namespace Sitters.Runtime.Remote;

/// <summary>One of the four verbs, as it was asked for.</summary>
internal sealed class RemoteOrder(RemoteRequest request, SitVerb verb, SitControl control)
{
    public RemoteRequest Request => request;

    /// <exception cref="RemoteError">It is not to be carried out.</exception>
    public OrderResult Execute()
    {
        if (request.HasExpired)
        {
            throw RemoteError.Expired();
        }

        var isStanding = verb is SitVerb.Pause or SitVerb.Resume && !request.Selection.IsOfCallsNow;
        List<Call> calls;
        if (request.DryRun)
        {
            calls = Choose();
        }
        else if (isStanding || request.Selection.IsAll)
        {
            var affected = new List<SitCall>();
            Orders.Execute(new ControlOrder(verb, null, control) { Methods = request.Selection.Methods, Affected = affected });
            calls = affected.ConvertAll(static call => (Call)call);
        }
        else
        {
            // Of these methods alone, if nothing else was said: then whoever reads what was done sees them named.
            calls = Choose();
            var methods = request.Selection.IsOfCallsNow ? null : request.Selection.Methods;
            Orders.ExecuteOnCalls(new ControlOrder(verb, null, control) { Methods = methods }, ControlDomain.Process, calls);
        }

        return new OrderResult(calls)
        {
            IsDryRun = request.DryRun,
            IsStanding = isStanding,
            StillPaused = verb == SitVerb.Resume && !request.DryRun && request.Rate is null ? calls.Count(static call => call.IsPaused) : 0,
        };
    }

    private List<Call> Choose()
    {
        var calls = request.Selection.Choose();
        request.Selection.Ids?.CheckUnambiguous(calls.Select(static call => call.Context.Id));
        return calls;
    }
}
