using System.CommandLine;

namespace Sitters.Tool.Commands;

/// <summary>What the four verbs take, beside the selectors.</summary>
internal static class VerbOptions
{
    public static readonly Option<string> Reason = new("--reason", "-r")
    {
        Description = "Why; it is kept with the calls and in the log",
        HelpName = "TEXT",
    };

    public static readonly Option<string> As = new("--as") { Description = "Who does it; your user name by default", HelpName = "NAME" };

    public static readonly Option<TimeSpan?> For = CommonOptions.Duration("--for", "Resume by itself after this time");

    public static readonly Option<double?> Rate = CommonOptions.Number("--rate", "At most so many calls a second");

    public static readonly Option<bool> Wait = new("--wait", "-w") { Description = "Wait until it is done for all of them" };

    public static readonly Option<TimeSpan?> Timeout =
        CommonOptions.Duration("--timeout", "The longest that --wait waits (30s by default)");

    public static readonly Option<bool> DryRun = new("--dry-run", "-n") { Description = "Show which calls it would be, and do nothing" };

    public static readonly Option<bool> Yes = new("--yes", "-y")
    {
        Description = "Do not ask before it is done to all calls of the process",
    };
}
