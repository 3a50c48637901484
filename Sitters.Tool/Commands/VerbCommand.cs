using System.CommandLine;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>sitters pause, resume, restart, cancel.</summary>
internal static class VerbCommand
{
    public static Command Create(Verb verb)
    {
        var command = new Command(verb.Name, verb.Description) { CommonOptions.Pid };
        CommonOptions.AddSelectors(command);
        command.Add(VerbOptions.Reason);
        command.Add(VerbOptions.As);
        if (verb == Verb.Pause)
        {
            command.Add(VerbOptions.For);
        }

        if (verb == Verb.Resume)
        {
            command.Add(VerbOptions.Rate);
        }

        foreach (var option in new Option[] { VerbOptions.Wait, VerbOptions.Timeout, VerbOptions.DryRun, VerbOptions.Yes })
        {
            command.Add(option);
        }

        return command;
    }

    public static int Run(Invocation invocation, Verb verb)
    {
        var request = RequestOf(invocation, verb);
        var mustAsk = request.Selectors.AreNone && !request.DryRun && !invocation.Line.GetValue(VerbOptions.Yes);
        if (mustAsk && (!invocation.Terminal.CanAsk || invocation.Json is not null))
        {
            throw new ToolException(ExitCode.Usage, "needs-yes",
                $"`sitters {verb.Name}` without a selector {verb.Present} every call of the process, and nobody is there to be asked: "
                + "say --yes, or choose calls, as with --method.");
        }

        var connection = invocation.Connect();
        try
        {
            if (mustAsk && !Asks(invocation, verb, connection))
            {
                invocation.Terminal.Error.WriteLine("Nothing was done.");
                return ExitCode.NothingMatched;
            }

            if (request.DryRun)
            {
                return DryRun(invocation, verb, connection, request);
            }

            var answer = Send(invocation, request, ref connection);
            return Tell(invocation, verb, connection, request, answer);
        }
        finally
        {
            connection.Dispose();
        }
    }

    private static Request RequestOf(Invocation invocation, Verb verb)
    {
        var line = invocation.Line;
        return new Request(verb.Name)
        {
            Selectors = CommonOptions.Selectors(line),
            Reason = line.GetValue(VerbOptions.Reason),
            Identity = line.GetValue(VerbOptions.As) ?? invocation.Terminal.User,
            For = verb == Verb.Pause ? line.GetValue(VerbOptions.For) : null,
            Rate = verb == Verb.Resume ? line.GetValue(VerbOptions.Rate) : null,
            DryRun = line.GetValue(VerbOptions.DryRun),
        };
    }

    private static bool Asks(Invocation invocation, Verb verb, Reached connection)
    {
        var calls = connection.Ask(new Request(verb.Name) { DryRun = true }).Calls;
        var later = verb == Verb.Pause ? ", and those yet to begin" : "";
        var process = Invocation.Name(connection.Greeting);
        invocation.Terminal.Error.Write($"This {verb.Present} {Texts.Calls(calls)} of {process}{later}. Go on? [y/N] ");
        return invocation.Terminal.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static int DryRun(Invocation invocation, Verb verb, Reached connection, Request request)
    {
        var answer = connection.Ask(request);
        var calls = answer.Calls;
        if (invocation.Json is { } json)
        {
            AddAnswer(json, verb, answer);
            json.Add("dryRun", true);
            json.End();
        }
        else
        {
            var process = Invocation.Name(connection.Greeting);
            invocation.Terminal.Output.WriteLine($"This {verb.Present} {Texts.Calls(calls)} of {process}. Nothing was done (--dry-run).");
            if (calls > 0)
            {
                var table = new CallTable(invocation.Terminal);
                connection.Ask(new Request("ps") { Selectors = request.Selectors }, item => table.Add(item.GetProperty("call")));
                table.Flush();
            }
        }

        return calls == 0 ? ExitCode.NothingMatched : ExitCode.Done;
    }

    /// <summary>Sends an order. Where the connection breaks, it is sent again: under the same id it is carried out once.</summary>
    private static Answer Send(Invocation invocation, Request request, ref Reached connection)
    {
        // When nobody waits for the answer any more, it is not to be carried out either.
        request = request with { Until = DateTimeOffset.UtcNow + Reach.Patience };
        try
        {
            connection.Patience = Reach.OrderPatience;
            return connection.Ask(request);
        }
        catch (ToolException failure) when (failure.Code == Refusals.EndedCode && Targets.IsRunning(connection.Greeting.Pid))
        {
            var pid = connection.Greeting.Pid;
            connection.Dispose();
            connection = Reach.Open(pid, invocation.Terminal.TempFolder, Reach.Patience);
            connection.Patience = Reach.OrderPatience;
            return connection.Ask(request);
        }
    }

    private static int Tell(Invocation invocation, Verb verb, Reached connection, Request request, Answer answer)
    {
        var calls = answer.Calls;
        var isStanding = answer.IsStanding;
        var isMatched = calls > 0 || isStanding;
        if (invocation.Json is { } json)
        {
            AddAnswer(json, verb, answer);
        }
        else
        {
            invocation.Terminal.Output.WriteLine(isMatched
                ? $"{verb.Past} {Texts.Calls(Math.Max(0, calls - answer.StillPaused))} of {Invocation.Name(connection.Greeting)}{Until(verb, request, isStanding)}."
                : $"No call of {Invocation.Name(connection.Greeting)} matches. Nothing was done.");
            if (answer.StillPaused is > 0 and var held)
            {
                invocation.Terminal.Output.WriteLine(
                    $"Another pause still holds {Texts.Calls(held)}. `--state Paused` resumes what was paused call by call; what was paused by --method goes on by the same --method.");
            }
        }

        if (calls > 0 && invocation.Line.GetValue(VerbOptions.Wait))
        {
            invocation.Terminal.Output.Flush();
            Settling.Wait(invocation, verb, connection, request.Selectors, answer);
        }

        invocation.Json?.End();
        return isMatched && (calls == 0 || answer.StillPaused < calls) ? ExitCode.Done : ExitCode.NothingMatched;
    }

    private static string Until(Verb verb, Request request, bool isStanding)
    {
        var later = verb == Verb.Pause && isStanding ? ", and those yet to begin" : "";
        return request switch
        {
            { For: { } time } => $"{later}, for {Texts.Age(time.TotalSeconds)}",
            { Rate: { } rate } => $"{later}, at most {Texts.Number(rate)} a second",
            _ => isStanding && verb == Verb.Pause ? $"{later}, until they are resumed" : later,
        };
    }

    private static void AddAnswer(JsonReport json, Verb verb, Answer answer)
    {
        json.Add("verb", verb.Name);
        json.Add("calls", answer.Calls);
        json.BeginList("ids");
        foreach (var id in answer.Ids)
        {
            json.AddItem(JsonReport.Quote(id));
        }

        json.EndList();
        json.AddIfTrue("standing", answer.IsStanding);
        json.AddIfTrue("repeated", answer.IsRepeated);
        if (answer.StillPaused > 0)
        {
            json.Add("stillPaused", answer.StillPaused);
        }
    }
}
