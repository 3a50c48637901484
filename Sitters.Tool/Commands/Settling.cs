using System.Diagnostics;
using System.Text.Json;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>Waits until what was ordered is done: paused calls stand, resumed ones go on, cancelled ones are gone.</summary>
internal static class Settling
{
    /// <summary>The most calls whose ids the answer has.</summary>
    private const int MostIds = 1000;

    /// <summary>The most calls that are named where time runs out.</summary>
    private const int MostNamed = 10;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _shortestLook = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _longestLook = TimeSpan.FromMilliseconds(250);

    /// <exception cref="ToolException">It is not done in time; the message names what is not.</exception>
    public static void Wait(Invocation invocation, Verb verb, Reached connection, Selectors selectors, Answer answer)
    {
        var longest = invocation.Line.GetValue(VerbOptions.Timeout) ?? _longest;
        var since = Stopwatch.StartNew();
        var look = _shortestLook;
        while (true)
        {
            var unsettled = Unsettled(verb, selectors, answer, since.Elapsed);
            var left = connection.Ask(new Request("ps") { Selectors = unsettled, Limit = 1 }).Calls;
            if (left == 0)
            {
                invocation.Json?.Add("settled", true);
                TellUncontrolled(invocation, verb, connection, selectors, answer);
                return;
            }

            if (since.Elapsed + look > longest)
            {
                invocation.Json?.Add("settled", false);
                TellUncontrolled(invocation, verb, connection, selectors, answer);
                throw NotInTime(invocation, verb, connection, unsettled, longest);
            }

            Thread.Sleep(look);
            look = look * 2 < _longestLook ? look * 2 : _longestLook;
        }
    }

    /// <summary>The calls for which the verb is not done.</summary>
    private static Selectors Unsettled(Verb verb, Selectors selectors, Answer answer, TimeSpan elapsed)
    {
        if (answer.Ids.Count is > 0 and < MostIds)
        {
            return new Selectors { Calls = answer.Ids, State = verb.Unsettled };
        }

        // Of more calls the ids are not told. Those that began after the order are not meant by it; state and place have changed by it.
        return new Selectors
        {
            Methods = selectors.Methods,
            Calls = selectors.Calls,
            State = verb.Unsettled,
            OlderThan = (selectors.OlderThan ?? TimeSpan.Zero) + elapsed,
        };
    }

    /// <summary>
    /// A paused call that stands at the await of code which nobody controls: the call stands still, that code does not.
    /// </summary>
    private static void TellUncontrolled(Invocation invocation, Verb verb, Reached connection, Selectors selectors, Answer answer)
    {
        if (verb != Verb.Pause)
        {
            return;
        }

        var found = new List<JsonElement>();
        var chosen = answer.Ids.Count is > 0 and < MostIds ? new Selectors { Calls = answer.Ids } : selectors;
        connection.Ask(new Request("ps") { Selectors = chosen }, item =>
        {
            if (found.Count < MostNamed && item.Member("call") is { } call && call.Member("wait") is { } wait && wait.Flag("unwoven"))
            {
                found.Add(call.Clone());
            }
        });
        if (invocation.Json is { } json)
        {
            json.BeginList("uncontrolled");
            found.ForEach(call => json.AddItem(call.GetRawText()));
            json.EndList();
            return;
        }

        foreach (var call in found)
        {
            var row = CallRow.Of(call);
            invocation.Terminal.Error.WriteLine($"  {row.ShortId} {row.Method} stands at {row.Waits}: that goes on, as nobody controls it");
        }
    }

    private static ToolException NotInTime(Invocation invocation, Verb verb, Reached connection, Selectors unsettled, TimeSpan longest)
    {
        var named = new List<string>();
        var left = connection.Ask(new Request("ps") { Selectors = unsettled }, item =>
        {
            if (named.Count < MostNamed && item.Member("call") is { } call)
            {
                var row = CallRow.Of(call);
                var where = row.Waits == CallRow.Nothing ? "runs code, and has not come to an await yet" : row.Waits;
                named.Add($"{row.ShortId} {row.Method} {where}");
            }
        }).Calls;

        if (invocation.Json is null)
        {
            foreach (var call in named)
            {
                invocation.Terminal.Error.WriteLine($"  {call}");
            }
        }

        var still = verb.Unsettled is { } state ? $"still {state.ToLowerInvariant()}" : "not gone";
        return new ToolException(ExitCode.NotInTime, "not-in-time",
            $"Not done within {Texts.Age(longest.TotalSeconds)}: {Texts.Calls(left)} of {Invocation.Name(connection.Greeting)} "
            + $"{(left == 1 ? "is" : "are")} {still}. The order stands.");
    }
}
