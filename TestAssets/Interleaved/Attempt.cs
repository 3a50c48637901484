namespace Interleaved;

/// <summary>One run of the subject's body, from its first statement to its last.</summary>
internal sealed class Attempt(int number)
{
    public int Number => number;

    /// <summary>What the body returns: no other attempt returns the same.</summary>
    public int Result => 100 + number;

    /// <summary>What the body awaits first, where the token is not given to it.</summary>
    public TaskCompletionSource<int> Gate { get; } = new();

    /// <summary>What it awaits then.</summary>
    public TaskCompletionSource Second { get; } = new();

    public TaskCompletionSource<int> HelpersGate { get; } = new();

    /// <summary>What it awaits first, where the token is given to it: it ends as cancelled some time after that has fired.</summary>
    public Operation Operation { get; } = new();

    /// <summary>When something began that lets its first await go; null if nothing did.</summary>
    public int? LetGoAt { get; set; }

    /// <summary>What its body awaits first has ended by itself.</summary>
    public bool FirstHasEnded => Gate.Task.IsCompleted || Operation.HasEnded;

    public bool IsOver { get; set; }

    /// <summary>So many items of a stream were handed out when the body went on after them.</summary>
    public int Given { get; set; }

    /// <summary>What it awaited brought it an item.</summary>
    public bool HasItem { get; set; }

    /// <summary>It has felt an interrupt.</summary>
    public bool WasInterrupted { get; set; }

    /// <summary>How far it has come, and when.</summary>
    public List<(string Place, int At)> Passed { get; } = [];

    public int BeganAt => Passed[0].At;

    /// <summary>When it went on after an item; 0 if it has not.</summary>
    public int WentOnAt => Given == 0 ? 0 : Passed.Last(static passed => passed.Place.StartsWith("item", StringComparison.Ordinal)).At;

    public bool HasPassed(string place) => Passed.Exists(passed => passed.Place == place);

    /// <summary>The await before a place can't have been let go before then.</summary>
    public int? LetGoAfter(string place) => place == "first" ? LetGoAt : Passed[^1].At;
}
