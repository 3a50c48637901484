using Mono.Collections.Generic;

namespace Sitters.Fody.Symbols;

/// <summary>
/// Reads symbols unchanged. The writer that it provides, which Fody uses for the assembly, keeps the path of the symbols as the compiler
/// wrote it: Cecil would write where the file is now, which differs from machine to machine whatever PathMap says.
/// </summary>
internal sealed class KeptSymbolReader : ISymbolReader
{
    private readonly ISymbolReader _reader;
    private readonly ImageDebugHeaderEntry _location;

    private KeptSymbolReader(ISymbolReader reader, ImageDebugHeaderEntry location)
    {
        _reader = reader;
        _location = location;
    }

    /// <summary>Symbols inside the assembly have no path; those of Windows keep theirs themselves.</summary>
    public static void PutInto(ModuleDefinition module)
    {
        if (module.SymbolReader is PortablePdbReader reader && CodeView.Of(module.GetDebugHeader()) is { } location)
        {
            module.ReadSymbols(new KeptSymbolReader(reader, location), throwIfSymbolsAreNotMaching: true);
        }
    }

    public ISymbolWriterProvider GetWriterProvider() => new KeptSymbolWriterProvider(_reader.GetWriterProvider(), _location);

    // They matched when the reader was made.
    public bool ProcessDebugHeader(ImageDebugHeader header) => true;

    public MethodDebugInformation Read(MethodDefinition method) => _reader.Read(method);

    public Collection<CustomDebugInformation> Read(ICustomDebugInformationProvider provider) => _reader.Read(provider);

    public void Dispose() => _reader.Dispose();
}
