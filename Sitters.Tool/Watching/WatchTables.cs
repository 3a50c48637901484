using System.Globalization;
using System.Text.Json;
using Sitters.Tool.Commands;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Watching;

/// <summary>The same for a file or another program: a table, or a line of JSON, each time.</summary>
internal static class WatchTables
{
    public static int Run(Invocation invocation, TimeSpan interval, bool isOnce)
    {
        using var connection = invocation.Reach();
        var selectors = CommonOptions.Selectors(invocation.Line);
        try
        {
            while (true)
            {
                Write(invocation, connection, selectors);
                invocation.Terminal.Output.Flush();
                if (isOnce)
                {
                    return ExitCode.Done;
                }

                Thread.Sleep(interval);
            }
        }
        catch (ToolException failure) when (failure.Code == Refusals.EndedCode)
        {
            invocation.Terminal.Output.Flush();
            invocation.Terminal.Error.WriteLine(Fit.Harmless(failure.Message));
            return ExitCode.Done;
        }
    }

    private static void Write(Invocation invocation, Reached connection, Selectors selectors)
    {
        if (invocation.IsJson)
        {
            WriteJson(invocation.Terminal.Output, connection, selectors);
            return;
        }

        var output = invocation.Terminal.Output;
        var table = new CallTable(invocation.Terminal);
        var now = DateTimeOffset.Now;
        output.WriteLine($"{Texts.Time(now, now)}  {Invocation.Name(connection.Greeting)}");
        var last = connection.Ask(new Request("ps") { Selectors = selectors }, item => ForCall(item, table.Add));
        table.Flush();
        output.WriteLine($"{Texts.Calls(last.Calls)}{(last.IsPaused ? ", paused" : "")}");
        output.WriteLine();
    }

    private static void WriteJson(TextWriter output, Reached connection, Selectors selectors)
    {
        var line = new JsonReport(output, isOneLine: true);
        line.Add("at", DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        line.Add("pid", connection.Greeting.Pid);
        line.BeginList("calls");
        try
        {
            var request = new Request("ps") { Selectors = selectors };
            var last = connection.Ask(request, item => ForCall(item, call => line.AddItem(call.GetRawText())));
            line.EndList();
            line.Add("count", last.Calls);
            line.Add("paused", last.IsPaused);
            line.End();
        }
        catch (ToolException failure)
        {
            line.Fail(failure);
            throw;
        }
    }

    private static void ForCall(JsonElement item, Action<JsonElement> act)
    {
        if (item.Member("call") is { } call)
        {
            act(call);
        }
    }
}
