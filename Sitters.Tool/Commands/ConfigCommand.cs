using System.CommandLine;
using System.Text.Json;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>sitters config: the settings in force.</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "Show each method's settings in force, and where each comes from")
    {
        CommonOptions.Pid,
        CommonOptions.Method,
    };

    public static int Run(Invocation invocation)
    {
        using var connection = invocation.Connect();
        var table = new Table(invocation.Terminal,
            new("METHOD", Cut.Beginning), new("SETTING"), new("VALUE", Cut.End), new("FROM", Cut.End));
        var request = new Request("config") { Selectors = new Selectors { Methods = invocation.Line.GetValue(CommonOptions.Method) } };
        return ItemList.Show(invocation, connection, request, "method", "methods", method => Add(table, method), table.Flush);
    }

    private static void Add(Table table, JsonElement method)
    {
        var name = Fit.Harmless(method.Text("name") ?? "?");
        if (method.Member("settings") is not { ValueKind: JsonValueKind.Object } settings)
        {
            return;
        }

        foreach (var setting in settings.EnumerateObject())
        {
            var value = setting.Value.Member("value") is { } element ? Fit.Harmless(element.ToString()) : CallRow.Nothing;
            table.Add(new Row([name, Fit.Harmless(setting.Name), value, Fit.Harmless(setting.Value.Text("from") ?? CallRow.Nothing)], []));
        }
    }
}
