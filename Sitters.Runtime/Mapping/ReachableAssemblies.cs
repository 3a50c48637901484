using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace Sitters.Runtime.Mapping;

/// <summary>The assemblies that are loaded, and those that they refer to and that can be loaded: all but the framework's.</summary>
internal static class ReachableAssemblies
{
    /// <summary>Of what comes with .NET and ASP.NET Core: none of it refers to an assembly of the user's.</summary>
    private static readonly HashSet<string> _frameworkKeys =
        ["b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51", "adb9793829ddae60", "7cec85d7bea7798e", "31bf3856ad364e35"];

    /// <summary>Loads what is not loaded yet: handlers of the user's may run.</summary>
    public static IReadOnlyCollection<Assembly> All()
    {
        var known = new HashSet<Assembly>();
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(static assembly => !assembly.IsDynamic));
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            open.Enqueue(entry);
        }

        while (open.TryDequeue(out var assembly))
        {
            if (IsFrameworks(assembly.GetName()) || !known.Add(assembly))
            {
                continue;
            }

            foreach (var reference in ReferencesOf(assembly))
            {
                if (!IsFrameworks(reference) && TryLoad(reference, assembly) is { } next)
                {
                    open.Enqueue(next);
                }
            }
        }

        return known;
    }

    private static bool IsFrameworks(AssemblyName name) =>
        name.GetPublicKeyToken() is { Length: > 0 } token && _frameworkKeys.Contains(Convert.ToHexString(token).ToLowerInvariant());

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "A reference that the trimmer has removed has no method left that could be named.")]
    private static AssemblyName[] ReferencesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetReferencedAssemblies();
        }
        catch (PlatformNotSupportedException)
        {
            // A native program has everything loaded.
            return [];
        }
    }

    private static Assembly? TryLoad(AssemblyName name, Assembly referrer)
    {
        try
        {
            return AssemblyLoadContext.GetLoadContext(referrer)?.LoadFromAssemblyName(name);
        }
        catch (Exception missing) when (missing is IOException or BadImageFormatException)
        {
            // What can't be loaded has no method that could be called.
            return null;
        }
    }
}
