namespace Sitters.Runtime.Remote;

/// <summary>What was done to calls since somebody first looked: the last of it.</summary>
internal static class ControlLog
{
    private const int Most = 200;

    /// <summary>The newest last. Also the lock.</summary>
    private static readonly Queue<Entry> _entries = new(Most);
    private static int _hasBegun;

    public static void Begin()
    {
        if (Volatile.Read(ref _hasBegun) == 0 && Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            Sitter.ControlExecuted += Add;
        }
    }

    public static void WriteTo(Answer answer)
    {
        Entry[] entries;
        lock (_entries)
        {
            entries = [.. _entries];
        }

        foreach (var entry in entries)
        {
            answer.BeginLine();
            entry.WriteTo(answer);
            answer.EndLine();
        }

        answer.EndList(entries.Length);
    }

    private static void Add(SitControlEvent executed)
    {
        lock (_entries)
        {
            if (_entries.Count == Most)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(new Entry(executed));
        }
    }

    /// <summary>Without the scope: one that was left is not to be kept.</summary>
    private sealed class Entry(SitControlEvent executed)
    {
        private readonly SitVerb _verb = executed.Verb;
        private readonly SitControl _control = executed.Control;
        private readonly string? _methods = executed.Methods;
        private readonly string? _scope = executed.Scope is { } scope ? scope.Name ?? "" : null;
        private readonly int _calls = executed.Calls;
        private readonly DateTime _at = executed.At.UtcDateTime;

        public void WriteTo(Answer answer)
        {
            var json = answer.Json;
            json.WriteStartObject(Names.Control);
            json.WriteString(Names.At, _at);
            json.WriteString(Names.Verb, Words.Of(_verb));
            answer.Write(Names.Methods, _methods);
            json.WriteNumber(Names.Calls, _calls);
            json.WriteString(Names.Source, Words.Of(_control.Source));
            answer.Write(Names.Identity, _control.Identity);
            answer.Write(Names.Reason, _control.Reason);
            answer.Write(Names.Scope, _scope);
            if (_control.For is { } time)
            {
                answer.WriteSeconds(Names.For, time);
            }

            if (_control.Rate is { } rate)
            {
                json.WriteNumber(Names.Rate, rate);
            }

            json.WriteEndObject();
        }
    }
}
