using Microsoft.Extensions.Logging;

namespace Sitters.Hosting.Logs;

/// <summary>A logger whose failures harm nobody: neither a call nor the stop of a host.</summary>
internal sealed class GuardedLogger(ILogger logger) : ILogger
{
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception failure)
        {
            Report(failure);
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    /// <remarks>Only the trace is left for it.</remarks>
    private static void Report(Exception failure) => FailureTrace.Write("A logger of sat calls", failure);
}
