using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sitters.Tool.Reaching;

namespace Sitters.Tool.Commands;

internal enum Format
{
    Table,
    Json,
}

/// <summary>What more than one command takes.</summary>
internal static class CommonOptions
{
    public static readonly Option<Format> Format = new("--format")
    {
        Description = "For people (table) or for programs (json)",
        HelpName = "table|json",
        Recursive = true,
        CustomParser = ParseFormat,
    };

    public static readonly Argument<string> Pid = new("PID")
    {
        Description = "The process, by its number, or by its name if no other has it",
        HelpName = "PID",
    };

    public static readonly Argument<string?> OptionalPid = new("PID")
    {
        Description = "The process, by its number, or by its name if no other has it; all processes without it",
        HelpName = "PID",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static readonly Option<string> Method = new("--method", "-m")
    {
        Description = "Of methods by name, * for any part of it: \"Shop.Jobs.*\"",
        HelpName = "PATTERN",
    };

    public static readonly Option<string[]> Call = new("--call", "-c")
    {
        Description = "The call of this id, or of one that begins so; may be repeated",
        HelpName = "ID",
        DefaultValueFactory = _ => [],
    };

    public static readonly Option<string> State = new("--state", "-s")
    {
        Description = "In this state: Running, Paused, ...",
        HelpName = "STATE",
    };

    public static readonly Option<TimeSpan?> OlderThan = Duration("--older-than", "Begun longer ago than that: 90s, 5m, 1h30m");

    public static readonly Option<string> WaitsAt = new("--waits-at")
    {
        Description = "Waiting at this place: Orders.cs or Orders.cs:12",
        HelpName = "FILE[:LINE]",
    };

    private static readonly string[] _states = ["Pending", "Running", "Pausing", "Paused", "Restarting"];

    static CommonOptions()
    {
        Format.CompletionSources.Add("table", "json");
        State.CompletionSources.Add(_states);
        State.Validators.Add(RequireKnownState);
        Pid.CompletionSources.Add(context => Completions.Pids(context));
        OptionalPid.CompletionSources.Add(context => Completions.Pids(context));
        Call.CompletionSources.Add(context => Completions.Calls(context));
    }

    public static void AddSelectors(Command command)
    {
        foreach (var option in new Option[] { Method, Call, State, OlderThan, WaitsAt })
        {
            command.Add(option);
        }
    }

    public static Selectors Selectors(ParseResult line) => new()
    {
        Methods = line.GetValue(Method),
        Calls = line.GetValue(Call) ?? [],
        State = line.GetValue(State),
        OlderThan = line.GetValue(OlderThan),
        WaitsAt = line.GetValue(WaitsAt),
    };

    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = ParseDuration,
    };

    public static Option<double?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = ParseNumber,
    };

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        if (Durations.TryParse(result.Tokens[0].Value, out var duration))
        {
            return duration;
        }

        result.AddError($"'{result.Tokens[0].Value}' is not a time. Write 90s, 5m, 1h30m, 00:05:00, or seconds alone.");
        return null;
    }

    private static double? ParseNumber(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        result.AddError($"'{text}' is not a number above 0.");
        return null;
    }

    private static Format ParseFormat(ArgumentResult result)
    {
        if (Enum.TryParse<Format>(result.Tokens[0].Value, ignoreCase: true, out var format) && Enum.IsDefined(format))
        {
            return format;
        }

        result.AddError($"'{result.Tokens[0].Value}' is not a format. There are table and json.");
        return Commands.Format.Table;
    }

    private static void RequireKnownState(OptionResult result)
    {
        if (result.Tokens is [var token] && !_states.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
        {
            result.AddError($"No call that is under way is in the state '{token.Value}'. There are {string.Join(", ", _states)}.");
        }
    }
}
