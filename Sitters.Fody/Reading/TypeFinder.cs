using Sitters.Rules.Reading;

namespace Sitters.Fody.Reading;

/// <summary>Finds a type that FodyWeavers.xml names, in this assembly or those that it references.</summary>
internal sealed class TypeFinder(ModuleDefinition module, Func<string, AssemblyDefinition?> resolve, string references) : INamedTypes
{
    private readonly Lazy<IReadOnlyList<ModuleDefinition>> _modules = new(() =>
    [
        module,
        .. references.Split([';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(file => resolve(Path.GetFileNameWithoutExtension(file.Trim())))
            .Where(assembly => assembly is not null)
            .Select(assembly => assembly!.MainModule),
    ]);

    public TypeReference? Find(string name) => name.Split('.', '+', '/').Any(string.IsNullOrWhiteSpace)
        ? null
        : _modules.Value.Select(candidate => In(candidate, name)).FirstOrDefault(type => type is not null);

    public IEnumerable<string> Known() => module.GetTypes().Where(type => !Names.IsCompilerMade(type.Name)).Select(Names.Of);

    private static TypeDefinition? In(ModuleDefinition module, string name)
    {
        var path = name.Replace('+', '/');
        while (true)
        {
            if (module.GetType(path) is { } type)
            {
                return type;
            }

            // The last dot may stand between a type and the one nested in it.
            var dot = path.LastIndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            path = path.Substring(0, dot) + "/" + path.Substring(dot + 1);
        }
    }
}
