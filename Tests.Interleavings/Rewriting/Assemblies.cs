using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace Tests.Interleavings.Rewriting;

/// <summary>The runtime and the subject, rewritten, each time anew: with all that is static of its own.</summary>
internal sealed class Assemblies : AssemblyLoadContext
{
    private static readonly string[] _rewritten = ["Sitters", "Sitters.Runtime", "Interleaved"];

    private readonly Dictionary<string, byte[]> _images = [];

    /// <param name="mutate">Changes the modules before they are rewritten.</param>
    public Assemblies(Action<IReadOnlyList<ModuleDefinition>>? mutate = null)
        : base("interleaved")
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        var modules = _rewritten
            .Select(name => ModuleDefinition.ReadModule(
                Path.Combine(Folder, $"{name}.dll"), new ReaderParameters { AssemblyResolver = resolver, ReadSymbols = false, InMemory = true }))
            .ToList();
        mutate?.Invoke(modules);
        Points = Rewriter.Rewrite(modules);
        foreach (var module in modules)
        {
            // Built for a debugger, code is not optimised, and schedules are counted by the hundred thousand.
            foreach (var debuggable in module.Assembly.CustomAttributes.Where(IsDebuggable).ToArray())
            {
                module.Assembly.CustomAttributes.Remove(debuggable);
            }

            using var image = new MemoryStream();
            module.Write(image);
            _images.Add(module.Assembly.Name.Name, image.ToArray());
            module.Dispose();
        }
    }

    /// <summary>How many scheduling points the code has.</summary>
    public int Points { get; }

    private static string Folder { get; } = typeof(Assemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Interleaved").Value!;

    public Assembly Subject => LoadFromAssemblyName(new AssemblyName("Interleaved"));

    private static bool IsDebuggable(CustomAttribute attribute) => attribute.AttributeType.Name == nameof(System.Diagnostics.DebuggableAttribute);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (_images.TryGetValue(assemblyName.Name!, out var image))
        {
            using var stream = new MemoryStream(image);
            return LoadFromStream(stream);
        }

        var file = Path.Combine(Folder, $"{assemblyName.Name}.dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
