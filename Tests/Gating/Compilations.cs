using System.Reflection;
using AssemblyToProcess;
using Tests.Weaving;

namespace Tests.Gating;

/// <summary>The woven subject as the build made it, and as the compilations of the compiler are woven by the tests.</summary>
public sealed class Compilations
{
    public const string RuntimeAsync = "runtime async";
    public const string RuntimeAsyncDebug = "runtime async in debug";
    public const string AfterAnother = "after another weaver";
    public const string BeforeAnother = "before another weaver";

    private static readonly Lazy<Assembly> _debug = new(() => Weaver.Weave(Subject.Debug).Load());
    private static readonly Lazy<Assembly> _release = new(() => Weaver.Weave(Subject.Release).Load());

    private static readonly Lazy<Assembly> _runtimeAsync = new(() => Weaver.Weave(Subject.RuntimeAsync).Load());
    private static readonly Lazy<Assembly> _runtimeAsyncDebug = new(() => Weaver.Weave(Subject.RuntimeAsyncDebug).Load());

    private static readonly Lazy<Assembly> _afterAnother = new(
        () => Weaver.Weave(Subject.Release, change: ConfigureAwaitLike.Weave).Load());
    private static readonly Lazy<Assembly> _beforeAnother = new(
        () => Weaver.Weave(Subject.Release).Change(ConfigureAwaitLike.Weave).Load());

    public static readonly string[] All = ["built", "debug", "release", RuntimeAsync, RuntimeAsyncDebug, AfterAnother, BeforeAnother];

    public static Assembly Get(string name) => name switch
    {
        "built" => typeof(Scene).Assembly,
        "debug" => _debug.Value,
        AfterAnother => _afterAnother.Value,
        BeforeAnother => _beforeAnother.Value,
        RuntimeAsync => _runtimeAsync.Value,
        RuntimeAsyncDebug => _runtimeAsyncDebug.Value,
        _ => _release.Value,
    };
}
