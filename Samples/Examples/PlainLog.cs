using Microsoft.Extensions.Logging;

namespace Samples.Examples;

/// <summary>A log on the console, in order with what is written there directly.</summary>
internal sealed class PlainLog : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Console.WriteLine($"{logLevel} {category.Split('.')[^1]}: {formatter(state, exception)}");
    }
}
