using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Sitters.Hosting.Logs;

namespace Sitters.Hosting.Configuration;

/// <summary>
/// The section <c>Sitters</c> of a host's configuration, over the attributes, for the calls of the host. It is read again when it has changed:
/// what is wrong then changes nothing, and is told once.
/// </summary>
internal sealed class HostConfiguration : IDisposable
{
    /// <summary>One save of a file makes several changes: they are read together.</summary>
    private static readonly TimeSpan _settling = TimeSpan.FromMilliseconds(250);

    private readonly IConfiguration _configuration;
    private readonly ILogger _logger;
    private readonly ConfigurationLayer _layer;
    private readonly Timer _timer;
    private readonly UnreadableFiles _files;
    private IDisposable? _watch;

    /// <summary>1 from a change on until it is read; 1 while one is read. By interlocked operations.</summary>
    private int _isDue;
    private int _isReading;
    private volatile bool _isDisposed;

    /// <summary>What was told last, as long as it lasts. Of the thread that reads.</summary>
    private string? _told;

    /// <summary>What the section said when it was read last.</summary>
    private string? _inForce;

    /// <summary>Whether there was a section when it was read last. Of the same thread.</summary>
    private bool _isThere;

    /// <param name="configuration">The host's.</param>
    /// <param name="logger">Is told of what is refused, and of what has changed.</param>
    /// <param name="scope">The host's.</param>
    public HostConfiguration(IConfiguration configuration, ILogger logger, SitterScope scope)
    {
        _configuration = configuration;
        _logger = logger;
        _layer = SitEngine.Instance.OpenConfiguration(scope, SectionReader.Section, endsWithScope: false);
        _files = new UnreadableFiles(configuration, _ => ReadSoon());
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _timer = new Timer(static self => ((HostConfiguration)self!).ReadAgain(), this, Timeout.Infinite, Timeout.Infinite);
        }
    }

    /// <summary>Its settings are also those of calls that run in no scope.</summary>
    public bool IncludesUnscoped
    {
        set => _layer.IncludesUnscoped = value;
    }

    /// <summary>Reads it, and from now on again whenever it changes.</summary>
    /// <exception cref="SitterConfigurationException">Something in it is wrong.</exception>
    public void Start()
    {
        // Watched first: a change that comes while it is read is read afterwards.
        _files.Watch();
        _watch = ChangeToken.OnChange(_configuration.GetReloadToken, ReadSoon);
        Warn(Read());
        WarnIfGone();
    }

    public void Dispose()
    {
        _isDisposed = true;
        _watch?.Dispose();
        _files.Dispose();
        _timer.Dispose();
        _layer.Dispose();
    }

    private IReadOnlyList<string> Read()
    {
        var text = Text();
        var read = new SitterConfiguration();
        var reader = new SectionReader(read);
        reader.Read(_configuration);
        var warnings = _layer.Replace(read, reader.Problems);
        _inForce = text;
        return warnings;
    }

    /// <summary>All that the section says, to know whether it has changed: providers tell of any change of theirs.</summary>
    private string Text() => string.Join(
        '\n',
        _configuration.GetSection(SectionReader.Section).AsEnumerable().Select(static entry => $"{entry.Key}={entry.Value}").Order(StringComparer.Ordinal));

    private void ReadSoon()
    {
        if (Interlocked.Exchange(ref _isDue, 1) == 0)
        {
            ReadIn(_settling);
        }
    }

    private void ReadIn(TimeSpan time)
    {
        try
        {
            _timer.Change(time, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // A change that came as the host stopped.
        }
    }

    private void ReadAgain()
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 1)
        {
            ReadIn(_settling);
            return;
        }

        Volatile.Write(ref _isDue, 0);
        try
        {
            if (_files.Problem is { } unreadable)
            {
                Refuse(new SitterConfigurationException([unreadable]));
                return;
            }

            if (_told is null && Text() == _inForce)
            {
                return;
            }

            var warnings = Read();
            _told = null;
            _logger.ConfigurationChanged();
            Warn(warnings);
            WarnIfGone();
        }
        catch (Exception) when (_isDisposed)
        {
            // The host has stopped in the meantime, and its providers with it, which may fail in any way: there is nothing to configure.
        }
        catch (SitterConfigurationException refusal)
        {
            Refuse(refusal);
        }
        catch (Exception failure)
        {
            // A provider of the user's: on this thread nobody else would learn of it.
            Refuse(new SitterConfigurationException([$"It can't be read: {failure.GetType().Name}: {failure.Message}"]));
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    private void Refuse(SitterConfigurationException refusal)
    {
        if (_told != refusal.Message)
        {
            _told = refusal.Message;
            _logger.ConfigurationRejected(Words.OneLine(string.Join(" ", refusal.Problems)));
            Sitter.RaiseConfigurationRejected(refusal);
        }
    }

    /// <summary>A file that was deleted, for example: no mistake, but rarely meant.</summary>
    private void WarnIfGone()
    {
        var wasThere = _isThere;
        _isThere = _configuration.GetSection(SectionReader.Section).Exists();
        if (wasThere && !_isThere)
        {
            Warn([$"The section {SectionReader.Section} is gone from the configuration: what was compiled in holds."]);
        }
    }

    private void Warn(IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            _logger.ConfigurationWarning(Words.OneLine(warning));
        }
    }
}
