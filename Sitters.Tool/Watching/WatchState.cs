using Sitters.Tool.Commands;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Watching;

/// <summary>What the screen is in the middle of.</summary>
internal enum WatchMode
{
    Browsing,

    /// <summary>A filter is typed.</summary>
    Filtering,

    /// <summary>A reason is typed.</summary>
    Reasoning,

    /// <summary>It was asked whether to go on.</summary>
    Confirming,
}

/// <summary>What the user has chosen on the screen, and what each key does.</summary>
internal sealed class WatchState
{
    private Verb? _verb;

    public Snapshot Snapshot { get; private set; } = Snapshot.Empty;

    public WatchMode Mode { get; private set; }

    public int Cursor { get; private set; }

    public HashSet<string> Marked { get; } = [];

    /// <summary>Only methods whose name has this in it; a pattern where it has a *.</summary>
    public string Filter { get; private set; } = "";

    /// <summary>What is being typed.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>What there is to say about the last thing done.</summary>
    public string Message { get; set; } = "";

    public bool IsOver { get; private set; }

    /// <summary>The calls that a verb is for: the marked ones, or else the one under the cursor.</summary>
    public IReadOnlyList<string> Chosen =>
        Marked.Count > 0 ? [.. Marked] : Cursor < Snapshot.Calls.Count ? [Snapshot.Calls[Cursor].Id] : [];

    /// <summary>The pattern of the filter, as the process takes it.</summary>
    public string? Methods => Filter.Length == 0 ? null : Filter.Contains('*') ? Filter : $"*{Filter}*";

    public string Question => (Mode, _verb) switch
    {
        (WatchMode.Filtering, _) => $"Methods with: {Typed}_  (Enter, Esc)",
        (WatchMode.Reasoning, { } verb) => $"Why? {Typed}_  ({verb.Name} {Texts.Calls(Chosen.Count)}: Enter, empty for no reason; Esc)",
        (WatchMode.Confirming, { } verb) => $"This {verb.Present} {Texts.Calls(Chosen.Count)}. Go on? y/n",
        _ => "",
    };

    /// <summary>Takes a new look at the process. The cursor stays at its call as long as that is there.</summary>
    public void Show(Snapshot snapshot)
    {
        var current = Cursor < Snapshot.Calls.Count ? Snapshot.Calls[Cursor].Id : null;
        Snapshot = snapshot;
        var place = 0;
        while (place < snapshot.Calls.Count && snapshot.Calls[place].Id != current)
        {
            place++;
        }

        MoveTo(place < snapshot.Calls.Count ? place : Cursor);
        Marked.IntersectWith(snapshot.Calls.Select(call => call.Id));
    }

    /// <summary>Does what a key stands for.</summary>
    /// <param name="key">The key.</param>
    /// <param name="page">How many rows are on the screen.</param>
    /// <returns>What is to be done to calls, if anything.</returns>
    public WatchOrder? Press(ConsoleKeyInfo key, int page)
    {
        if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
        {
            IsOver = true;
            return null;
        }

        switch (Mode)
        {
            case WatchMode.Filtering:
                Type(key, () => (Filter, Mode, Cursor) = (Typed.Trim(), WatchMode.Browsing, 0));
                return null;
            case WatchMode.Reasoning:
                WatchOrder? order = null;
                Type(key, () => order = Decide());
                return order;
            case WatchMode.Confirming:
                return Confirm(key);
            default:
                Browse(key, page);
                return null;
        }
    }

    private void Browse(ConsoleKeyInfo key, int page)
    {
        Message = "";
        switch (key)
        {
            case { Key: ConsoleKey.UpArrow } or { KeyChar: 'k' }: MoveTo(Cursor - 1); break;
            case { Key: ConsoleKey.DownArrow } or { KeyChar: 'j' }: MoveTo(Cursor + 1); break;
            case { Key: ConsoleKey.PageUp }: MoveTo(Cursor - page); break;
            case { Key: ConsoleKey.PageDown }: MoveTo(Cursor + page); break;
            case { Key: ConsoleKey.Home } or { KeyChar: 'g' }: MoveTo(0); break;
            case { Key: ConsoleKey.End } or { KeyChar: 'G' }: MoveTo(int.MaxValue); break;
            case { KeyChar: ' ' }: ToggleMark(); break;
            case { KeyChar: 'a' }: Marked.UnionWith(Snapshot.Calls.Select(call => call.Id)); break;
            case { Key: ConsoleKey.Escape }: Marked.Clear(); break;
            case { KeyChar: '/' }: (Mode, Typed) = (WatchMode.Filtering, Filter); break;
            case { KeyChar: 'p' }: Begin(Verb.Pause); break;
            case { KeyChar: 'r' }: Begin(Verb.Resume); break;
            case { KeyChar: 't' }: Begin(Verb.Restart); break;
            case { KeyChar: 'c' }: Begin(Verb.Cancel); break;
            case { KeyChar: 'q' }: IsOver = true; break;
        }
    }

    private void MoveTo(int place) => Cursor = Math.Clamp(place, 0, Math.Max(0, Snapshot.Calls.Count - 1));

    private void ToggleMark()
    {
        if (Cursor < Snapshot.Calls.Count)
        {
            var id = Snapshot.Calls[Cursor].Id;
            if (!Marked.Remove(id))
            {
                Marked.Add(id);
            }

            MoveTo(Cursor + 1);
        }
    }

    private void Begin(Verb verb)
    {
        if (Chosen.Count == 0)
        {
            Message = $"There is no call to {verb.Name}.";
            return;
        }

        (Mode, Typed, _verb) = (WatchMode.Reasoning, "", verb);
    }

    private void Type(ConsoleKeyInfo key, Action done)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Enter }: done(); break;
            case { Key: ConsoleKey.Escape }: Mode = WatchMode.Browsing; break;
            case { Key: ConsoleKey.Backspace }: Typed = Typed.Length > 0 ? Typed[..^1] : ""; break;
            case { KeyChar: >= ' ' and not (char)127 }: Typed += key.KeyChar; break;
        }
    }

    private WatchOrder? Decide()
    {
        if (_verb == Verb.Cancel || _verb == Verb.Restart)
        {
            Mode = WatchMode.Confirming;
            return null;
        }

        return Give();
    }

    private WatchOrder? Confirm(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { KeyChar: 'y' or 'Y' }:
                return Give();
            case { KeyChar: 'n' or 'N' } or { Key: ConsoleKey.Escape }:
                (Mode, Message) = (WatchMode.Browsing, "Nothing was done.");
                return null;
            default:
                return null;
        }
    }

    private WatchOrder? Give()
    {
        Mode = WatchMode.Browsing;
        var chosen = Chosen;
        if (chosen.Count == 0)
        {
            Message = "The calls have ended meanwhile.";
            return null;
        }

        Marked.Clear();
        return new WatchOrder(_verb!, chosen, Typed.Trim() is { Length: > 0 } reason ? reason : null);
    }
}
