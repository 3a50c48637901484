using System.Reflection;
using AssemblyToProcess.Gating;
using Tests.Weaving;

namespace Tests.Gating;

/// <summary>The woven subject as the build made it, and as both compilations of the compiler are woven by the tests.</summary>
public sealed class Compilations
{
    private static readonly Lazy<Assembly> _debug = new(() => Weaver.Weave(Subject.Debug).Load());
    private static readonly Lazy<Assembly> _release = new(() => Weaver.Weave(Subject.Release).Load());

    public static readonly string[] All = ["built", "debug", "release"];

    public static Assembly Get(string name) => name switch
    {
        "built" => typeof(Scene).Assembly,
        "debug" => _debug.Value,
        _ => _release.Value,
    };
}
