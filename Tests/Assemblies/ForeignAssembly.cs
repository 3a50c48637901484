using System.Reflection;
using System.Runtime.Loader;
using Tests.Weaving;

namespace Tests.Assemblies;

/// <summary>An assembly of a package that knows nothing of Sitters, as its authors have built it.</summary>
internal sealed class ForeignAssembly
{
    private static readonly string _folder = Path.GetFullPath(
        typeof(ForeignAssembly).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "ForeignAssemblies").Value!);

    private readonly string _name;
    private readonly Lazy<Woven> _woven;

    public ForeignAssembly(string name)
    {
        _name = name;
        Subject = new Subject(Path.Combine(_folder, name)) { ReferenceList = Path.Combine(_folder, "ForeignAssemblies.refs.txt") };

        // The authors' signature is invalid once anything is changed.
        _woven = new Lazy<Woven>(() => Weaver.Weave(
            Subject,
            "<Sitters><Apply To='*' /></Sitters>",
            change: module => module.Attributes &= ~Mono.Cecil.ModuleAttributes.StrongNameSigned));
    }

    public Subject Subject { get; }

    /// <summary>Woven so that every method in it that can be sat is, and every await that can be gated is.</summary>
    public Woven Woven => _woven.Value;

    /// <summary>A place to load it, together with the packages that it needs; Sitters is the tests' own.</summary>
    public AssemblyLoadContext NewContext()
    {
        var context = new AssemblyLoadContext(_name, isCollectible: true);
        context.Resolving += (_, name) =>
            Path.Combine(_folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        return context;
    }

    public override string ToString() => _name;
}
