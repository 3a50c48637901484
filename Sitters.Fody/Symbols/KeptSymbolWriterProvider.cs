namespace Sitters.Fody.Symbols;

/// <summary>Makes writers that keep the path of the symbols.</summary>
internal sealed class KeptSymbolWriterProvider(ISymbolWriterProvider provider, ImageDebugHeaderEntry location) : ISymbolWriterProvider
{
    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) =>
        new KeptSymbolWriter(provider.GetSymbolWriter(module, fileName), location);

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) =>
        new KeptSymbolWriter(provider.GetSymbolWriter(module, symbolStream), location);
}
