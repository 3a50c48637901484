namespace Sitters.Tool.Commands;

/// <summary>Something that is done to calls.</summary>
/// <param name="Name">In the command line and in the protocol.</param>
/// <param name="Present">What it does.</param>
/// <param name="Past">What it did.</param>
/// <param name="Unsettled">The state of a call for which it is not done yet; null where the call has to be gone.</param>
/// <param name="Description">For the help.</param>
internal sealed record Verb(string Name, string Present, string Past, string? Unsettled, string Description)
{
    public static readonly Verb Pause = new("pause", "pauses", "Paused", "Pausing", "Pause calls at their next await; their clocks stop");
    public static readonly Verb Resume = new("resume", "resumes", "Resumed", "Paused", "Let paused calls go on");
    public static readonly Verb Restart =
        new("restart", "restarts", "Restarted", "Restarting", "Interrupt calls and start them again from their beginning");
    public static readonly Verb Cancel = new("cancel", "cancels", "Cancelled", null, "Cancel calls, with their cleanup and hooks");
}
