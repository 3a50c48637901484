namespace Sitters;

/// <summary>The place of one configuration over the attributes, which whoever has opened it fills, replaces and takes back.</summary>
internal abstract class ConfigurationLayer : IDisposable
{
    /// <summary>The layer of a scope is also that of calls that run in no scope.</summary>
    internal abstract bool IncludesUnscoped { set; }

    /// <summary>Puts a configuration in the place of the one before, if it is right as a whole.</summary>
    /// <param name="configuration">The new one, which is copied.</param>
    /// <param name="problems">What was found wrong when it was read.</param>
    /// <returns>What is worth a warning, a sentence each.</returns>
    /// <exception cref="SitterConfigurationException">It is refused; the one before stays.</exception>
    internal abstract IReadOnlyList<string> Replace(SitterConfiguration configuration, IReadOnlyCollection<string> problems);

    /// <summary>Takes the configuration back.</summary>
    public abstract void Dispose();
}
