using Mono.Collections.Generic;

namespace Sitters.Fody.Symbols;

/// <summary>
/// Reads symbols unchanged. The writer that it provides, which Fody uses for the assembly, keeps the files of types, and the path of the
/// symbols as the compiler wrote it: Cecil would write where they are now, which differs from machine to machine whatever PathMap says.
/// </summary>
internal sealed class KeptSymbolReader : ISymbolReader
{
    private readonly ISymbolReader _reader;
    private readonly TypeDocuments _documents;
    private readonly ImageDebugHeaderEntry? _location;

    private KeptSymbolReader(ISymbolReader reader, TypeDocuments documents, ImageDebugHeaderEntry? location)
    {
        _reader = reader;
        _documents = documents;
        _location = location;
    }

    /// <summary>Symbols inside the assembly have no path; those of Windows keep theirs themselves.</summary>
    public static void PutInto(ModuleDefinition module)
    {
        if (module.SymbolReader is (PortablePdbReader or EmbeddedPortablePdbReader) and var reader)
        {
            var location = reader is PortablePdbReader ? CodeView.Of(module.GetDebugHeader()) : null;
            module.ReadSymbols(new KeptSymbolReader(reader, new TypeDocuments(module), location), throwIfSymbolsAreNotMaching: true);
        }
    }

    public ISymbolWriterProvider GetWriterProvider() => new KeptSymbolWriterProvider(_reader.GetWriterProvider(), _documents, _location);

    // They matched when the reader was made.
    public bool ProcessDebugHeader(ImageDebugHeader header) => true;

    public MethodDebugInformation Read(MethodDefinition method) => _reader.Read(method);

    // Types are read anew before they are written, and those without information once more, when they have other numbers.
    public Collection<CustomDebugInformation>? Read(ICustomDebugInformationProvider provider) =>
        provider is TypeDefinition type ? _documents.InformationOf(type) : _reader.Read(provider);

    public void Dispose() => _reader.Dispose();
}
