namespace Sitters;

/// <summary>What somebody wants to be done, and to which calls: as the API hands it to the runtime.</summary>
internal sealed class ControlOrder
{
    public ControlOrder(SitVerb verb, SitterScope? scope, SitControl? control = null)
    {
        Verb = verb;
        Scope = scope;
        Control = control ?? SitControl.None;
        if (Control.For is not null && verb != SitVerb.Pause)
        {
            throw new ArgumentException($"{nameof(SitControl.For)} is for a pause: it has no effect on {verb}.", nameof(control));
        }

        if (Control.Rate is not null && verb != SitVerb.Resume)
        {
            throw new ArgumentException($"{nameof(SitControl.Rate)} is for a resume: it has no effect on {verb}.", nameof(control));
        }
    }

    public SitVerb Verb { get; }

    /// <summary>Whose calls; null for those of the whole process.</summary>
    public SitterScope? Scope { get; }

    public SitControl Control { get; }

    /// <summary>The calls of these methods alone.</summary>
    public MethodPattern? Methods { get; init; }

    /// <summary>The calls that are active now and pass this alone.</summary>
    public Func<SitContext, bool>? Filter { get; init; }

    /// <summary>One call alone.</summary>
    public SitCall? Call { get; init; }

    /// <summary>Gets the calls that an order for everything, or a pause or resume of methods, was carried out on; null where nobody asks.</summary>
    public List<SitCall>? Affected { get; init; }
}
