using System.Text.Json;
using Sitters.Tool.Reaching;

namespace Sitters.Tool.Commands;

/// <summary>Passes calls on as the process tells of them; a hundred thousand of them are never held here.</summary>
internal static class CallList
{
    public static int Show(Invocation invocation, Reached connection, string verb, Action<JsonElement> add, Action flush)
    {
        var json = invocation.Json;
        var selectors = CommonOptions.Selectors(invocation.Line);
        json?.BeginList("calls");
        var last = connection.Ask(new Request(verb) { Selectors = selectors }, item =>
        {
            if (item.Member("call") is not { } call)
            {
                return;
            }

            if (json is null)
            {
                add(call);
            }
            else
            {
                json.AddItem(call.GetRawText());
            }
        });

        var calls = last.Calls;
        if (json is null)
        {
            flush();
            if (calls == 0)
            {
                var which = selectors.AreNone ? "" : " that matches";
                invocation.Terminal.Error.WriteLine($"{Invocation.Name(connection.Greeting)} has no sat call under way{which}.");
            }
        }
        else
        {
            json.EndList();
            json.Add("count", calls);
            json.Add("paused", last.IsPaused);
            json.End();
        }

        return calls == 0 ? ExitCode.NothingMatched : ExitCode.Done;
    }
}
