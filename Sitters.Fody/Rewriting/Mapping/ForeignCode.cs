using System.Globalization;
using Sitters.Fody.Rewriting.Forwarding;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>
/// Tells code that goes on whatever is ordered: that of assemblies which are neither woven nor of the framework, and what other threads run.
/// </summary>
internal sealed class ForeignCode
{
    /// <summary>The public keys by which the framework and its packages are signed.</summary>
    private static readonly HashSet<string> _frameworkKeys =
    [
        "b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51", "7cec85d7bea7798e", "31bf3856ad364e35", "adb9793829ddae60",
    ];

    private readonly ModuleDefinition _module;
    private readonly HashSet<MethodDefinition>? _gated;
    private readonly Dictionary<string, bool> _assemblies = [];

    /// <param name="subject">The assembly, before it is changed.</param>
    public ForeignCode(Subject subject)
    {
        _module = subject.Module;
        _gated = subject.Configuration.GatesWholeAssembly ? null : [.. subject.SatMethods.Select(sat => sat.Method)];
    }

    public bool Is(MethodReference called)
    {
        if (called.Name == ".ctor" || PassedThrough.Is(called) || PassedThrough.Combines(called))
        {
            return false;
        }

        var type = called.DeclaringType.GetElementType();
        if (IsRunElsewhere(type, called))
        {
            return true;
        }

        return type.Scope switch
        {
            AssemblyNameReference assembly => IsForeign(assembly, type),
            ModuleDefinition => _gated is not null && IsUngated(called),
            _ => false,
        };
    }

    /// <summary>Code that another thread runs. Where it is async, it is under control, and stands inside the await.</summary>
    private static bool IsRunElsewhere(TypeReference type, MethodReference called) => (type.FullName, called.Name) is
        ("System.Threading.Tasks.Task", "Run")
        or ("System.Threading.Tasks.TaskFactory" or "System.Threading.Tasks.TaskFactory`1", "StartNew")
        or ("System.Threading.Tasks.Parallel", "ForAsync" or "ForEachAsync");

    /// <summary>An async method of this assembly that was left out. Of any other the calls are seen whose tasks it returns.</summary>
    private bool IsUngated(MethodReference called) =>
        called.Resolve() is { } method
        && method.Module == _module
        && !_gated!.Contains(method)
        && (AsyncBodies.IsRuntimeAsync(method) || AsyncBodies.StateMachineOf(method) is not null);

    private bool IsForeign(AssemblyNameReference assembly, TypeReference type)
    {
        if (!_assemblies.TryGetValue(assembly.FullName, out var isForeign))
        {
            isForeign = !SittersRuntime.Assemblies.Contains(assembly.Name)
                && !_frameworkKeys.Contains(Hex(assembly.PublicKeyToken ?? []))
                && !IsWoven(type);
            _assemblies.Add(assembly.FullName, isForeign);
        }

        return isForeign;
    }

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>Also where that can't be told.</summary>
    private static bool IsWoven(TypeReference type)
    {
        try
        {
            return type.Resolve()?.Module.Assembly.CustomAttributes
                .Any(attribute => attribute.AttributeType.FullName == SittersRuntime.WovenAttribute) != false;
        }
        catch (AssemblyResolutionException)
        {
            // An assembly that the project refers to only by way of another.
            return true;
        }
    }
}
