using Microsoft.Extensions.Configuration;

namespace Sitters.Hosting.Configuration;

/// <summary>
/// Knows of files of a configuration that could not be read again, as one that is half written. The framework takes such a file for an empty
/// one, and tells nobody but a handler of its own.
/// </summary>
/// <param name="configuration">The configuration.</param>
/// <param name="onProblem">Told of each.</param>
internal sealed class UnreadableFiles(IConfiguration configuration, Action<string> onProblem) : IDisposable
{
    private readonly object _lock = new();

    /// <summary>Those that are to be given back their own handlers.</summary>
    private readonly List<(FileConfigurationProvider Provider, Action<FileLoadExceptionContext>? Before)> _watched = [];

    /// <summary>What was wrong last with those that are empty since. Guarded by the lock.</summary>
    private readonly Dictionary<FileConfigurationProvider, string> _problems = [];

    /// <summary>What is wrong with one of them still; null if they were all read.</summary>
    public string? Problem
    {
        get
        {
            FileConfigurationProvider[] failed;
            lock (_lock)
            {
                failed = [.. _problems.Keys];
            }

            // It is the framework's code that tells, and not under the lock.
            foreach (var provider in failed.Where(static provider => provider.GetChildKeys([], null).Any()))
            {
                lock (_lock)
                {
                    _problems.Remove(provider);
                }
            }

            lock (_lock)
            {
                return _problems.Values.FirstOrDefault();
            }
        }
    }

    public void Watch()
    {
        foreach (var provider in Providers(configuration).OfType<FileConfigurationProvider>())
        {
            var before = provider.Source.OnLoadException;
            _watched.Add((provider, before));
            provider.Source.OnLoadException = context =>
            {
                before?.Invoke(context);
                Note(context);
            };
        }
    }

    public void Dispose() => _watched.ForEach(static watched => watched.Provider.Source.OnLoadException = watched.Before);

    private static IEnumerable<IConfigurationProvider> Providers(IConfiguration configuration) =>
        (configuration as IConfigurationRoot)?.Providers.SelectMany(static provider =>
            provider is ChainedConfigurationProvider { Configuration: { } inner } ? Providers(inner) : [provider]) ?? [];

    private void Note(FileLoadExceptionContext context)
    {
        var reason = context.Exception.InnerException ?? context.Exception;
        var problem = $"{context.Provider.Source.Path} can't be read: {reason.Message}";
        lock (_lock)
        {
            _problems[context.Provider] = problem;
        }

        onProblem(problem);
    }
}
