namespace Sitters.Fody.Symbols;

/// <summary>Makes writers that keep the files of types, and the path of the symbols where they have one.</summary>
internal sealed class KeptSymbolWriterProvider(ISymbolWriterProvider provider, TypeDocuments documents, ImageDebugHeaderEntry? location)
    : ISymbolWriterProvider
{
    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) =>
        new KeptSymbolWriter(provider.GetSymbolWriter(module, fileName), documents, location);

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) =>
        new KeptSymbolWriter(provider.GetSymbolWriter(module, symbolStream), documents, location);
}
