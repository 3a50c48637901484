using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

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
    private readonly List<Watched> _watched = [];

    /// <summary>What was wrong last with those that could not be read. Guarded by the lock.</summary>
    private readonly Dictionary<FileConfigurationProvider, Failure> _failures = [];

    private volatile bool _isDisposed;

    /// <summary>What is wrong with one of them still; null if they were all read.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
            {
                return _failures.Values.FirstOrDefault(static failure => !failure.NextLoad.HasChanged)?.Problem;
            }
        }
    }

    public void Watch()
    {
        foreach (var provider in Providers(configuration).OfType<FileConfigurationProvider>())
        {
            var before = provider.Source.OnLoadException;
            var watched = new Watched(provider, before, context =>
            {
                try
                {
                    before?.Invoke(context);
                }
                finally
                {
                    Note(context);
                }
            });
            _watched.Add(watched);
            provider.Source.OnLoadException = watched.Own;
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var (provider, before, own) in _watched)
        {
            // Where somebody has put another one before it, as a host that shares the file, it stays, and does nothing.
            if (provider.Source.OnLoadException == own)
            {
                provider.Source.OnLoadException = before;
            }
        }
    }

    private static IEnumerable<IConfigurationProvider> Providers(IConfiguration configuration) =>
        (configuration as IConfigurationRoot)?.Providers.SelectMany(static provider =>
            provider is ChainedConfigurationProvider { Configuration: { } inner } ? Providers(inner) : [provider]) ?? [];

    private void Note(FileLoadExceptionContext context)
    {
        if (_isDisposed)
        {
            return;
        }

        var provider = context.Provider;
        var reason = context.Exception.InnerException ?? context.Exception;
        var problem = $"{provider.Source.Path} can't be read: {reason.Message}";
        var told = provider.GetReloadToken();
        Keep(provider, problem);
        if (context.Ignore)
        {
            // Then a change is told for this one too, as if it had been read: the next one counts.
            told.RegisterChangeCallback(_ => Keep(provider, problem), null);
        }

        onProblem(problem);
    }

    private void Keep(FileConfigurationProvider provider, string problem)
    {
        var nextLoad = provider.GetReloadToken();
        lock (_lock)
        {
            _failures[provider] = new Failure(problem, nextLoad);
        }
    }

    /// <param name="Provider">The file's.</param>
    /// <param name="Before">The handler that it had.</param>
    /// <param name="Own">The one that it has got.</param>
    private sealed record Watched(FileConfigurationProvider Provider, Action<FileLoadExceptionContext>? Before, Action<FileLoadExceptionContext> Own);

    /// <param name="Problem">What was wrong.</param>
    /// <param name="NextLoad">Has changed once the file was read again, or is gone.</param>
    private sealed record Failure(string Problem, IChangeToken NextLoad);
}
