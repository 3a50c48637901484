using System.Reflection;
using System.Runtime.Loader;
using AssemblyToProcess.Life;
using Sitters;
using Sitters.Runtime.CompilerServices;

namespace Tests.Assemblies;

/// <summary>A plugin with a copy of Sitters of its own.</summary>
internal sealed class PluginContext() : AssemblyLoadContext("plugin", isCollectible: true)
{
    private static readonly string[] _ofPlugin =
        [typeof(Plugin).Assembly.Location, typeof(SitAttribute).Assembly.Location, typeof(Gate).Assembly.Location];

    public async Task Run()
    {
        var plugin = LoadFromAssemblyPath(_ofPlugin[0]).GetType(typeof(Plugin).FullName!, throwOnError: true)!;
        Assert.That(plugin, Is.Not.SameAs(typeof(Plugin)));
        await (Task)plugin.GetMethod(nameof(Plugin.Run))!.Invoke(null, null)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _ofPlugin.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == assemblyName.Name) is { } file
            ? LoadFromAssemblyPath(file)
            : null;
}
