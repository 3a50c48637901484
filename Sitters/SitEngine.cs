using System.Diagnostics.CodeAnalysis;

namespace Sitters;

/// <summary>
/// The implementation of <see cref="Sitter"/> and <see cref="SitContext"/>. It is in Sitters.Runtime, which references this assembly and
/// not the other way round, so it is loaded by name if it is needed before the first call.
/// </summary>
internal abstract class SitEngine
{
    private const string TypeName = "Sitters.Runtime.Control.Engine, Sitters.Runtime";

    /// <summary>Set once: by the runtime as it is loaded, or by CAS.</summary>
    private static SitEngine? _instance;

    internal static SitEngine Instance => _instance ?? Load();

    // Everywhere, a scope that is null is the whole process.

    internal abstract bool IsPaused(SitterScope? scope);

    internal abstract IReadOnlyList<SitContext> ActiveCalls(SitterScope? scope);

    internal abstract bool TryGetCurrent([NotNullWhen(true)] out SitContext? context);

    internal abstract IReadOnlyList<SitWait> WaitsOf(SitCall call);

    internal abstract void Execute(ControlOrder order);

    /// <summary>Carries an order out on calls that the order does not name itself.</summary>
    internal abstract void ExecuteOn(ControlOrder order, IReadOnlyList<SitContext> calls);

    /// <summary>The pauses of everything and of methods that reach a scope, the oldest first.</summary>
    internal abstract IReadOnlyList<SitPause> PausesOf(SitterScope? scope);

    /// <summary>A scope was disposed of: its pauses end, and those of its configurations that end with it.</summary>
    internal abstract void EndScope(SitterScope scope);

    internal abstract Task WhenIdle(SitterScope? scope, CancellationToken cancellationToken);

    internal abstract Task WhenPaused(SitterScope? scope, CancellationToken cancellationToken);

    internal abstract void Checkpoint();

    internal abstract ValueTask CheckpointAsync(CancellationToken cancellationToken);

    internal abstract void ClearCaches(SitterScope? scope, MethodPattern methods);

    internal abstract void ListenToSignals();

    /// <summary>The same, unless the application was woven not to listen.</summary>
    internal abstract void ListenToSignalsByDefault();

    internal abstract void ListenForTool();

    /// <summary>Makes room for a configuration; there is none in it before it is replaced.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="origin">What the keys begin with, where a setting's origin is told.</param>
    /// <param name="endsWithScope">Disposing of the scope takes it back, if nobody has done so before.</param>
    /// <exception cref="ObjectDisposedException">It is to end with the scope, which has ended.</exception>
    internal abstract ConfigurationLayer OpenConfiguration(SitterScope? scope, string origin, bool endsWithScope);

    internal static void Install(SitEngine engine) => _instance = engine;

    private static SitEngine Load()
    {
        var type = Type.GetType(TypeName)
            ?? throw new InvalidOperationException(
                $"{TypeName} was not found. Reference the package Sitters.Fody, which brings Sitters.Runtime.");
        var engine = (SitEngine)Activator.CreateInstance(type, nonPublic: true)!;
        return Interlocked.CompareExchange(ref _instance, engine, null) ?? engine;
    }
}
