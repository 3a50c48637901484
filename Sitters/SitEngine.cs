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

    internal abstract bool IsPaused { get; }

    internal abstract IReadOnlyList<SitContext> ActiveCalls { get; }

    internal abstract bool TryGetCurrent([NotNullWhen(true)] out SitContext? context);

    internal abstract void Pause(Func<SitContext, bool>? filter);

    internal abstract void Resume(Func<SitContext, bool>? filter);

    internal abstract void Restart(Func<SitContext, bool>? filter);

    internal abstract void Cancel(Func<SitContext, bool>? filter);

    internal abstract Task WhenIdle(CancellationToken cancellationToken);

    internal abstract void ListenToSignals();

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
