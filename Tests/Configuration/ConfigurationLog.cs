using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Tests.Configuration;

/// <summary>What is logged of the configuration, to be waited for.</summary>
internal sealed class ConfigurationLog : ILoggerProvider, ILogger
{
    private readonly Channel<(int Id, string Text)> _entries = Channel.CreateUnbounded<(int, string)>();
    private readonly List<int> _ids = [];

    public int Count(int id)
    {
        lock (_ids)
        {
            return _ids.Count(told => told == id);
        }
    }

    public async Task<string> Next(int id)
    {
        while (true)
        {
            var (told, text) = await _entries.Reader.ReadAsync().AsTask().InTime();
            if (told == id)
            {
                return text;
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_ids)
        {
            _ids.Add(eventId.Id);
        }

        _entries.Writer.TryWrite((eventId.Id, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
