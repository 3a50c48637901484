using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tests.Weaving;

/// <summary>What came of weaving a subject.</summary>
internal sealed record Woven(byte[] Dll, byte[] Pdb, IReadOnlyList<Message> Messages)
{
    /// <summary>The subject as its compiler has left it.</summary>
    public static Woven Before(Subject subject)
    {
        var pdb = Path.ChangeExtension(subject.Dll, ".pdb");
        return new Woven(File.ReadAllBytes(subject.Dll), File.Exists(pdb) ? File.ReadAllBytes(pdb) : [], []);
    }

    public IEnumerable<Message> Errors => Messages.Where(message => message.Severity == "error");

    public IEnumerable<Message> Warnings => Messages.Where(message => message.Severity == "warning");

    /// <summary>Loads it beside whatever else is loaded; what it references comes from the test itself.</summary>
    /// <exception cref="InvalidOperationException">It could not be woven.</exception>
    public Assembly Load() => Dll.Length == 0
        ? throw new InvalidOperationException(string.Join(Environment.NewLine, Messages))
        : new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(new MemoryStream(Dll), new MemoryStream(Pdb));

    /// <summary>Nothing of it but these types: what tests that weave it over and over need.</summary>
    public Woven Only(params string[] types) => Change(module =>
    {
        foreach (var type in module.Types.Where(type => type.Name != "<Module>" && !types.Contains(type.Name)).ToArray())
        {
            module.Types.Remove(type);
        }
    });

    /// <summary>What another weaver then makes of it.</summary>
    public Woven Change(Action<ModuleDefinition> change)
    {
        using var module = Read();
        change(module);
        var dll = new MemoryStream();
        var pdb = new MemoryStream();
        module.Write(
            dll,
            new WriterParameters { WriteSymbols = true, SymbolStream = pdb, SymbolWriterProvider = new PortablePdbWriterProvider() });
        return this with { Dll = dll.ToArray(), Pdb = pdb.ToArray() };
    }

    public ModuleDefinition Read(IAssemblyResolver? resolver = null) => ModuleDefinition.ReadModule(
        new MemoryStream(Dll),
        new ReaderParameters
        {
            AssemblyResolver = resolver,
            SymbolStream = Pdb.Length == 0 ? null : new MemoryStream(Pdb),
            SymbolReaderProvider = Pdb.Length == 0 ? null : new PortablePdbReaderProvider(),
            ReadSymbols = Pdb.Length > 0,
        });
}
