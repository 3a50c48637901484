using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tests.Weaving;

/// <summary>What came of weaving a subject.</summary>
internal sealed record Woven(byte[] Dll, byte[] Pdb, IReadOnlyList<Message> Messages)
{
    public IEnumerable<Message> Errors => Messages.Where(message => message.Severity == "error");

    public IEnumerable<Message> Warnings => Messages.Where(message => message.Severity == "warning");

    /// <summary>Loads it beside whatever else is loaded; what it references comes from the test itself.</summary>
    public Assembly Load() =>
        new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(new MemoryStream(Dll), new MemoryStream(Pdb));

    public ModuleDefinition Read(IAssemblyResolver? resolver = null) => ModuleDefinition.ReadModule(
        new MemoryStream(Dll),
        new ReaderParameters
        {
            AssemblyResolver = resolver,
            SymbolStream = new MemoryStream(Pdb),
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            ReadSymbols = true,
        });
}
