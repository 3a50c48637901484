using System.Diagnostics.CodeAnalysis;

namespace Sitters;

/// <summary>
/// What stands behind <see cref="Sitter"/> and <see cref="SitContext"/>. It lives in Sitters.Runtime, which knows this assembly and
/// not the other way round, so it is loaded by name when it is asked for before the first sat call.
/// </summary>
internal abstract class SitEngine
{
    private const string TypeName = "Sitters.Runtime.Control.Engine, Sitters.Runtime";

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
            ?? throw new InvalidOperationException($"{TypeName} was not found. Reference the package Sitters.Fody, which brings Sitters.Runtime.");
        var engine = (SitEngine)Activator.CreateInstance(type, nonPublic: true)!;
        return Interlocked.CompareExchange(ref _instance, engine, null) ?? engine;
    }
}
