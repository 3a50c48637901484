using System.ComponentModel;
using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Remote;

/// <summary>Answers requests from outside the program, whatever brings them: see docs/internals/protocol.md.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RemoteRequests
{
    /// <summary>Carries out one request, and writes the answer, line by line. It returns when all of it is written.</summary>
    /// <remarks>Code of the program's own that an order runs, such as its handlers, runs on another thread.</remarks>
    /// <param name="requestLine">The request: a JSON object in UTF-8.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="identity">Who is asking, where that is known for certain; null to believe what the request says.</param>
    /// <param name="output">Gets the answer. What it throws comes out here.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    public static void Answer(ReadOnlySpan<byte> requestLine, SitControlSource source, string? identity, Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        TryAnswer(requestLine, source, identity, output);
    }

    /// <summary>The same.</summary>
    /// <returns>False if it was no JSON object, or too long: what follows on the same connection can't be trusted either.</returns>
    internal static bool TryAnswer(ReadOnlySpan<byte> requestLine, SitControlSource source, string? identity, Stream output)
    {
        ControlLog.Begin();
        var request = new RemoteRequest();
        try
        {
            if (!RequestReader.TryRead(requestLine, request))
            {
                using var refusal = new Answer(null, output);
                refusal.End(RemoteError.Invalid($"A request is a JSON object in one line of at most {RequestReader.LongestLine} bytes."));
                return false;
            }
        }
        catch (RemoteError error)
        {
            using var refusal = new Answer(request.Id, output);
            refusal.End(error);
            return true;
        }

        using var answer = new Answer(request.Id, output);
        try
        {
            CarryOut(request, requestLine, source, identity, answer);
        }
        catch (RemoteError error)
        {
            answer.End(error);
        }
        catch (Exception failure) when (!answer.IsBroken)
        {
            answer.End(RemoteError.Failed(failure));
        }

        return true;
    }

    private static void CarryOut(RemoteRequest request, ReadOnlySpan<byte> line, SitControlSource source, string? identity, Answer answer)
    {
        if (RequestKinds.VerbOf(request.Do) is { } verb)
        {
            var order = new RemoteOrder(request, verb, new SitControl
            {
                Source = source,
                Identity = identity ?? request.Identity,
                Reason = request.Reason,
                For = request.For,
                Rate = request.Rate,
            });
            OrdersOnce.Run(order, line, answer);
            return;
        }

        if (request.HasExpired)
        {
            throw RemoteError.Expired();
        }

        switch (request.Do)
        {
            case "log":
                ControlLog.WriteTo(answer);
                break;
            case "config":
                MethodSettings.WriteTo(answer, request.Selection.Methods);
                break;
            default:
                WriteCalls(request, answer);
                break;
        }
    }

    private static void WriteCalls(RemoteRequest request, Answer answer)
    {
        var ages = new CallAges();
        var writer = new CallWriter(answer, ages, withTree: request.Do == "tree");
        var count = 0;
        foreach (var call in Controller.ActiveCalls(ControlDomain.Process))
        {
            // One that has ended meanwhile is of no interest to anybody.
            if (!call.HasEnded && request.Selection.Matches(call, ages) && ++count <= (request.Limit ?? int.MaxValue))
            {
                answer.BeginLine();
                writer.Write(call);
                answer.EndLine();
            }
        }

        answer.BeginLine();
        answer.Json.WriteBoolean(Names.Done, true);
        answer.Json.WriteNumber(Names.Calls, count);
        answer.Json.WriteBoolean(Names.Paused, ControlDomain.Process.State.All is not null);
        answer.End();
    }
}
