using Mono.Cecil;

namespace Tests.Weaving;

/// <summary>Resolves from the compiler's own list of references and from nothing else, as Fody does in a build.</summary>
internal sealed class ReferenceResolver(IEnumerable<string> files) : IAssemblyResolver
{
    private readonly Dictionary<string, string> _files =
        files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AssemblyDefinition> _resolved = [];

    public AssemblyDefinition? Resolve(string name) => Resolve(new AssemblyNameReference(name, null));

    public AssemblyDefinition? Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (!_files.TryGetValue(name.Name, out var file))
        {
            return null;
        }

        if (_resolved.TryGetValue(file, out var known))
        {
            return known;
        }

        parameters.AssemblyResolver ??= this;
        return _resolved[file] = AssemblyDefinition.ReadAssembly(file, parameters);
    }

    public void Dispose()
    {
        foreach (var assembly in _resolved.Values)
        {
            assembly.Dispose();
        }
    }
}
