namespace Sitters.Fody.Symbols;

/// <summary>Writes symbols unchanged, with the files of types, and keeps in the assembly the path that the compiler wrote.</summary>
internal sealed class KeptSymbolWriter(ISymbolWriter writer, TypeDocuments documents, ImageDebugHeaderEntry? location) : ISymbolWriter
{
    private readonly List<TypeDefinition> _types = [];

    public ISymbolReaderProvider GetReaderProvider() => writer.GetReaderProvider();

    public ImageDebugHeader GetDebugHeader() =>
        location is null ? writer.GetDebugHeader() : CodeView.WithPathOf(location, writer.GetDebugHeader());

    public void Write()
    {
        foreach (var type in _types)
        {
            documents.Number(type);
            writer.Write(type);
        }

        writer.Write();
    }

    public void Write(MethodDebugInformation info) => writer.Write(info);

    public void Write(ICustomDebugInformationProvider provider)
    {
        if (documents.Has(provider))
        {
            _types.Add((TypeDefinition)provider);
        }
        else
        {
            writer.Write(provider);
        }
    }

    public void Dispose() => writer.Dispose();
}
