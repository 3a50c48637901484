using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Mapping;

/// <summary>Finds the maps of awaits of the loaded modules. Nothing is read before somebody asks.</summary>
internal static class AwaitMaps
{
    private const string Prefix = "Sitters.Awaits.";

    /// <summary>By assembly, so that one that is unloaded takes its maps with it.</summary>
    private static readonly ConditionalWeakTable<Assembly, Dictionary<int, Lazy<AwaitMap?>>> _byAssembly = [];

    /// <summary>By the module's id. A null is not kept: the assembly may be one that was just loaded.</summary>
    private static readonly ConcurrentDictionary<int, WeakReference<Lazy<AwaitMap?>>> _byId = new();

    /// <summary>An await.</summary>
    /// <param name="module">The id of the module that it stands in; 0 for none.</param>
    /// <param name="site">Its number there; 0 for none.</param>
    /// <returns>Null if nothing is known of it.</returns>
    public static AwaitPlace? Find(int module, int site) => module == 0 || site == 0 ? null : MapOf(module)?[site];

    private static AwaitMap? MapOf(int module)
    {
        if (_byId.TryGetValue(module, out var known) && known.TryGetTarget(out var map))
        {
            return map.Value;
        }

        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (!assembly.IsDynamic && _byAssembly.GetValue(assembly, MapsOf).TryGetValue(module, out map))
            {
                _byId[module] = new(map);
                return map.Value;
            }
        }

        return null;
    }

    /// <summary>An assembly may have several: one that was merged from others.</summary>
    private static Dictionary<int, Lazy<AwaitMap?>> MapsOf(Assembly assembly)
    {
        var maps = new Dictionary<int, Lazy<AwaitMap?>>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
            {
                maps.Add(id, new Lazy<AwaitMap?>(() => Read(assembly, name)));
            }
        }

        return maps;
    }

    private static AwaitMap? Read(Assembly assembly, string name)
    {
        try
        {
            using var stream = assembly.GetManifestResourceStream(name);
            return stream is null ? null : AwaitMap.Read(stream);
        }
        catch (InvalidDataException damage)
        {
            // Without it nothing is missing but lines and names.
            Trace.TraceWarning($"Sitters can't read where the methods of {assembly.GetName().Name} await: {damage.Message}");
            return null;
        }
    }
}
