using System.Reflection;
using AssemblyToProcess.Gating;
using Tests.Weaving;

namespace Tests.Gating;

/// <summary>The woven subject as the build made it, and as the compilations of the compiler are woven by the tests.</summary>
public sealed class Compilations
{
    public const string RuntimeAsync = "runtime async";

    private static readonly Lazy<Assembly> _debug = new(() => Weaver.Weave(Subject.Debug).Load());
    private static readonly Lazy<Assembly> _release = new(() => Weaver.Weave(Subject.Release).Load());

    private static readonly Lazy<Assembly> _runtimeAsync = new(() => Weaver.Weave(Subject.RuntimeAsync).Load());

    public static readonly string[] All = ["built", "debug", "release", RuntimeAsync];

    public static Assembly Get(string name) => name switch
    {
        "built" => typeof(Scene).Assembly,
        "debug" => _debug.Value,
        RuntimeAsync => _runtimeAsync.Value,
        _ => _release.Value,
    };
}
