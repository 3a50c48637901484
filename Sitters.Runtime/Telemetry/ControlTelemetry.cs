namespace Sitters.Runtime.Telemetry;

/// <summary>What listeners are told of orders.</summary>
internal static class ControlTelemetry
{
    /// <param name="verb">What was done.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="calls">To how many active calls.</param>
    public static void Execute(SitVerb verb, SitControlSource source, int calls)
    {
        Opening.Prepare();
        if (Listeners.CanHear && Instruments.ControlCommands.Enabled)
        {
            Listeners.Add(
                Instruments.ControlCommands,
                1,
                Words.Command(verb),
                Words.Source(source),
                new(SitterDiagnostics.ControlResultTag, calls > 0 ? "done" : "nothing_matched"));
        }
    }
}
