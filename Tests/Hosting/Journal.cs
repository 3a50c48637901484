using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tests.Hosting;

/// <summary>A logger of a host that keeps what it is told.</summary>
internal sealed class Journal : ILoggerProvider
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    /// <summary>What is logged under "Sitters".</summary>
    public IReadOnlyList<Entry> Entries => [.. _entries];

    /// <summary>Its lines at a level or above, each with the level before it.</summary>
    public IReadOnlyList<string> Lines(LogLevel level = LogLevel.Information) =>
        [.. _entries.Where(entry => entry.Level >= level).Select(entry => $"{entry.Level}: {entry.Text}")];

    /// <summary>Runs before an entry is kept: may throw.</summary>
    public Action? OnEntry { get; set; }

    /// <summary>Runs when a logger is asked for its level: may wait.</summary>
    public Action? OnAsked { get; set; }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    internal sealed record Entry(LogLevel Level, EventId Id, string Text, Exception? Exception, IReadOnlyDictionary<string, object?> Values);

    private sealed class Logger(Journal journal, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel)
        {
            if (category == "Sitters")
            {
                journal.OnAsked?.Invoke();
            }

            return category == "Sitters";
        }

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (category == "Sitters")
            {
                journal.OnEntry?.Invoke();
                var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
                journal._entries.Enqueue(new Entry(
                    logLevel, eventId, formatter(state, exception), exception, values.ToDictionary(pair => pair.Key, pair => pair.Value)));
            }
        }
    }
}
