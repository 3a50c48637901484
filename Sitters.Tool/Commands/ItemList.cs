using System.Text.Json;
using Sitters.Tool.Reaching;

namespace Sitters.Tool.Commands;

/// <summary>Passes on the items of an answer as they come.</summary>
internal static class ItemList
{
    public static int Show(
        Invocation invocation, Reached connection, Request request, string member, string list, Action<JsonElement> add, Action flush)
    {
        var json = invocation.Json;
        var count = 0;
        json?.BeginList(list);
        connection.Ask(request, item =>
        {
            if (item.Member(member) is not { } element)
            {
                return;
            }

            count++;
            if (json is null)
            {
                add(element);
            }
            else
            {
                json.AddItem(element.GetRawText());
            }
        });

        flush();
        json?.EndList();
        json?.End();
        if (count == 0 && json is null)
        {
            invocation.Terminal.Error.WriteLine($"{Invocation.Name(connection.Greeting)} has nothing to show here.");
        }

        return count == 0 ? ExitCode.NothingMatched : ExitCode.Done;
    }
}
