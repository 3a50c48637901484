using System.Diagnostics;

namespace Sitters;

// Settings that are not compiled in.
public static partial class Sitter
{
    /// <summary>
    /// Raised when a configuration that was changed while the process runs is refused: the one before stays in force. A configuration that
    /// is refused where it is given comes as an exception there, and not here.
    /// </summary>
    /// <remarks>An exception of a handler goes to <see cref="Trace"/> and no further.</remarks>
    public static event Action<SitterConfigurationException>? ConfigurationRejected;

    /// <summary>
    /// Sets what is to hold over the attributes from now on, without a build: for the scope that the code runs in, else for the process. Each
    /// call adds to the ones before, and wins over them. A call of a sat method reads its settings when it begins, and when it restarts.
    /// </summary>
    /// <param name="configure">Says what. It is checked as a whole.</param>
    /// <returns>Disposing of it takes back what was set, and so does the end of the scope.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The scope that the code runs in has ended.</exception>
    /// <exception cref="SitterConfigurationException">Something in it is wrong; then nothing has changed.</exception>
    public static IDisposable Configure(Action<SitterConfiguration> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var configuration = new SitterConfiguration();
        configure(configuration);
        var layer = SitEngine.Instance.OpenConfiguration(SitterScope.Current, "Sitter.Configure", endsWithScope: true);
        try
        {
            foreach (var warning in layer.Replace(configuration, []))
            {
                Trace.TraceWarning(warning);
            }

            return layer;
        }
        catch
        {
            layer.Dispose();
            throw;
        }
    }

    internal static void RaiseConfigurationRejected(SitterConfigurationException refusal) =>
        Raise(ConfigurationRejected, handler => handler(refusal), "Sitter.ConfigurationRejected");
}
