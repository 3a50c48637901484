using System.Diagnostics;

namespace Sitters.Hosting.Life;

/// <summary>
/// Has each request of the host's web server run in the host's scope. A server begins a request in a flow of its own, which has nothing of
/// the flow in which the host was started.
/// </summary>
/// <remarks>
/// ASP.NET Core tells of each request as it begins, on the request's own flow, through a listener that each host has for itself. So no
/// reference to ASP.NET Core is needed, and a host without a web server has no such listener.
/// </remarks>
internal sealed class RequestScope(SitterScope scope) : IObserver<KeyValuePair<string, object?>>
{
    private const string RequestBegins = "Microsoft.AspNetCore.Hosting.BeginRequest";

    public static IDisposable? Subscribe(DiagnosticListener? listener, SitterScope scope) =>
        listener?.Subscribe(new RequestScope(scope), static name => name == RequestBegins);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RequestBegins)
        {
            // A server that brings the flow of who asks, as one for tests may be told to, has brought the scope of that.
            if (SitterScope.Current is null)
            {
                scope.Enter();
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
