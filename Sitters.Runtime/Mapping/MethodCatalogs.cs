using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Mapping;

/// <summary>Finds the catalogs of sat methods of woven assemblies. Nothing is read before somebody asks.</summary>
internal static class MethodCatalogs
{
    private const string Prefix = "Sitters.Methods.";

    /// <summary>By assembly, so that one that is unloaded takes its catalog with it.</summary>
    private static readonly ConditionalWeakTable<Assembly, IReadOnlyList<CatalogedMethod>> _byAssembly = [];

    /// <summary>Empty for an assembly that is not woven. One that was merged from others has several catalogs.</summary>
    public static IReadOnlyList<CatalogedMethod> Of(Assembly assembly) => assembly.IsDynamic ? [] : _byAssembly.GetValue(assembly, ReadAll);

    private static IReadOnlyList<CatalogedMethod> ReadAll(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .SelectMany(name => Read(assembly, name)),
    ];

    private static IReadOnlyList<CatalogedMethod> Read(Assembly assembly, string name)
    {
        try
        {
            using var stream = assembly.GetManifestResourceStream(name);
            return stream is null ? [] : MethodCatalog.Read(stream);
        }
        catch (InvalidDataException damage)
        {
            // Its methods are as good as unknown, and run as they were compiled.
            Trace.TraceWarning($"Sitters can't read which sat methods {assembly.GetName().Name} has. {damage.Message}");
            return [];
        }
    }
}
