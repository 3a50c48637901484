using Microsoft.Extensions.Logging;

namespace Sitters.Hosting.Configuration;

/// <summary>What the log is told of the configuration: ids from 50 on.</summary>
internal static partial class ConfigurationEvents
{
    [LoggerMessage(50, LogLevel.Information, "The section Sitters of the configuration was read again, and is in force.")]
    public static partial void ConfigurationChanged(this ILogger logger);

    [LoggerMessage(51, LogLevel.Error, "A change of the configuration was refused, and what held before holds. {Problems}")]
    public static partial void ConfigurationRejected(this ILogger logger, string problems);

    [LoggerMessage(52, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigurationWarning(this ILogger logger, string warning);
}
