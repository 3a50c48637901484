using System.Reflection;
using Mono.Cecil;

namespace Tests.Compatibility;

/// <summary>TestAssets/Woven/Woven.dll: a user's code as an earlier version of the weaver left it.</summary>
internal static class KeptWovenAssembly
{
    /// <summary>What to do where today's runtime no longer has what the assembly needs.</summary>
    public const string Remedy = """
        Once a version with the earlier form is published, this breaks its users: bring back what is missing. As long as none is, keep what
        the weaver makes today:
            dotnet build TestAssets/Woven -t:KeepWoven
        """;

    private static readonly string _path = Repository.PathOf("TestAssets", "Woven", "Woven.dll");
    private static readonly Lazy<Assembly> _loaded = new(() => Assembly.LoadFrom(_path));

    public static IEnumerable<string> Scenarios =>
        ScenariosType.GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name);

    private static Type ScenariosType => _loaded.Value.GetType("Woven.Scenarios", throwOnError: true)!;

    /// <summary>The types and members of Sitters and Sitters.Runtime that the assembly refers to and that are no longer there.</summary>
    public static IReadOnlyList<string> Missing()
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        using var module = ModuleDefinition.ReadModule(_path, new ReaderParameters { AssemblyResolver = resolver });
        return
        [
            .. module.GetTypeReferences().Where(IsOurs).Where(type => type.Resolve() is null).Select(type => type.FullName),
            .. module.GetMemberReferences().Where(IsMemberOfOurs).Where(member => member.Resolve() is null)
                .Select(member => member.FullName),
        ];
    }

    /// <summary>What keeps types of the assembly from being loaded: an interface that asks for more than before, for one.</summary>
    public static IReadOnlyList<string> LoadFailures()
    {
        try
        {
            _loaded.Value.GetTypes();
            return [];
        }
        catch (ReflectionTypeLoadException exception)
        {
            return [.. exception.LoaderExceptions.Select(failure => failure!.Message).Distinct()];
        }
    }

    public static Task<string> Run(string scenario) =>
        (ScenariosType.GetMethod(scenario) ?? throw new MissingMethodException("Woven.Scenarios", scenario))
            .CreateDelegate<Func<Task<string>>>()();

    private static bool IsMemberOfOurs(MemberReference member) =>
        IsOurs(member.DeclaringType) && member.DeclaringType.Resolve() is not null;

    private static bool IsOurs(TypeReference type) => type.GetElementType().Scope.Name is "Sitters" or "Sitters.Runtime";
}
