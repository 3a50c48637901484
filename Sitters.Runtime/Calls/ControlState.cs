namespace Sitters.Runtime.Calls;

/// <summary>
/// All that was ordered for a domain as a whole and that a call may still have to learn: it is replaced, never changed, so any thread reads
/// it without a lock.
/// </summary>
internal sealed record ControlState
{
    // The epochs of the last events of each kind.
    public int CancelEpoch { get; init; }

    public int RestartEpoch { get; init; }

    public int SignalEpoch { get; init; }

    /// <summary>The order of the last cancel or restart.</summary>
    public GivenOrder? Interrupt { get; init; }

    /// <summary>The pause of everything.</summary>
    public StandingPause? All { get; init; }

    /// <summary>The pauses of methods.</summary>
    public IReadOnlyList<StandingPause> OfMethods { get; init; } = [];

    public IEnumerable<StandingPause> Pauses => All is null ? OfMethods : OfMethods.Prepend(All);

    public bool HasPauses => All is not null || OfMethods.Count > 0;

    /// <summary>A pause that covers a call of a method and was ordered after an epoch.</summary>
    public StandingPause? Find(string method, int after)
    {
        if (All is not null && All.Stamp > after && All.Covers(method))
        {
            return All;
        }

        // By number: an enumerator would be made for each of very many calls.
        for (var index = 0; index < OfMethods.Count; index++)
        {
            if (OfMethods[index] is var pause && pause.Stamp > after && pause.Covers(method))
            {
                return pause;
            }
        }

        return null;
    }
}
