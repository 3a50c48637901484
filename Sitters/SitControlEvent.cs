namespace Sitters;

/// <summary>A verb that was carried out: see <see cref="Sitter.ControlExecuted"/>.</summary>
public sealed class SitControlEvent
{
    internal SitControlEvent(SitVerb verb, SitControl control, string? methods, SitterScope? scope, int calls, DateTimeOffset at)
    {
        Verb = verb;
        Control = control;
        Methods = methods;
        Scope = scope;
        Calls = calls;
        At = at;
    }

    /// <summary>What was done.</summary>
    public SitVerb Verb { get; }

    /// <summary>Who did it, why, for how long, and from where.</summary>
    public SitControl Control { get; }

    /// <summary>The methods whose calls were named; null where all were, or a filter or a single call.</summary>
    public string? Methods { get; }

    /// <summary>The scope that it was done in; null for the whole process.</summary>
    public SitterScope? Scope { get; }

    /// <summary>How many active calls it was done to.</summary>
    public int Calls { get; }

    /// <summary>When it had been carried out, by the clock of the scope or of the process.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The verb, the methods and the number of calls.</summary>
    /// <returns>A line for a log.</returns>
    public override string ToString() =>
        $"{Verb} of {Methods ?? "calls"} by {Control.Identity ?? Control.Source.ToString()}: {Calls}"
        + (Control.Reason is { } reason ? $" ({reason})" : "");
}
