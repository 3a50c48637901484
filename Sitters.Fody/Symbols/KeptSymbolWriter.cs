namespace Sitters.Fody.Symbols;

/// <summary>Writes symbols unchanged, and keeps in the assembly the path that the compiler wrote.</summary>
internal sealed class KeptSymbolWriter(ISymbolWriter writer, ImageDebugHeaderEntry location) : ISymbolWriter
{
    public ISymbolReaderProvider GetReaderProvider() => writer.GetReaderProvider();

    public ImageDebugHeader GetDebugHeader() => CodeView.WithPathOf(location, writer.GetDebugHeader());

    public void Write() => writer.Write();

    public void Write(MethodDebugInformation info) => writer.Write(info);

    public void Write(ICustomDebugInformationProvider provider) => writer.Write(provider);

    public void Dispose() => writer.Dispose();
}
