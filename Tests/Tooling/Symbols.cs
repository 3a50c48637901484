using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Tests.Tooling;

/// <summary>What a portable PDB says of the methods of an assembly, as a debugger reads it.</summary>
internal sealed class Symbols : IDisposable
{
    private static readonly Guid _steppingKind = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");
    private static readonly Guid _hoistedScopesKind = new("6DA9A61E-F8C7-4874-BE62-68BC5630DF71");
    private static readonly Guid _typeDocumentsKind = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _reader;

    public Symbols(byte[] pdb)
    {
        _provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(pdb));
        _reader = _provider.GetMetadataReader();
    }

    public IEnumerable<string> Documents => _reader.Documents.Select(Text);

    /// <summary>The documents in which lines of methods are.</summary>
    public IEnumerable<string> DocumentsWithLines => _reader.MethodDebugInformation
        .SelectMany(handle => _reader.GetMethodDebugInformation(handle).GetSequencePoints())
        .Select(point => point.Document)
        .Distinct()
        .Select(Text);

    /// <summary>Further information on the module: source link, compiler options, and the like.</summary>
    public IEnumerable<Guid> ModuleInformation => Information(EntityHandle.ModuleDefinition).Select(found => found.Kind);

    /// <summary>The documents of types without code, by the types' tokens; a type can be in several.</summary>
    public IEnumerable<(int Type, string Document)> TypeDocuments =>
        from handle in _reader.CustomDebugInformation
        let found = _reader.GetCustomDebugInformation(handle)
        where _reader.GetGuid(found.Kind) == _typeDocumentsKind
        from number in Numbers(found.Value)
        select (MetadataTokens.GetToken(found.Parent), Text(MetadataTokens.DocumentHandle(number)));

    public IReadOnlyList<SequencePoint> PointsOf(int token) => [.. Method(token).GetSequencePoints()];

    public int? KickoffOf(int token) =>
        Method(token).GetStateMachineKickoffMethod() is { IsNil: false } kickoff ? MetadataTokens.GetToken(kickoff) : null;

    /// <summary>The names of locals, each with its slot and where it can be seen.</summary>
    public IEnumerable<(string Name, int Slot, int Start, int End)> LocalsOf(int token) =>
        from handle in _reader.GetLocalScopes(Handle(token))
        let scope = _reader.GetLocalScope(handle)
        from localHandle in scope.GetLocalVariables()
        let local = _reader.GetLocalVariable(localHandle)
        select (_reader.GetString(local.Name), local.Index, scope.StartOffset, scope.EndOffset);

    /// <summary>Where the locals that live in a state machine's fields can be seen.</summary>
    public IReadOnlyList<(int Start, int End)> HoistedScopesOf(int token)
    {
        var scopes = new List<(int, int)>();
        foreach (var blob in BlobsOf(token, _hoistedScopesKind))
        {
            var reader = _reader.GetBlobReader(blob);
            while (reader.RemainingBytes > 0)
            {
                var start = reader.ReadInt32();
                scopes.Add((start, start + reader.ReadInt32()));
            }
        }

        return scopes;
    }

    /// <summary>How a debugger steps over the awaits of a method; null where it has none.</summary>
    public Stepping? SteppingOf(int token)
    {
        foreach (var blob in BlobsOf(token, _steppingKind))
        {
            var reader = _reader.GetBlobReader(blob);
            var catchHandler = (int)reader.ReadUInt32() - 1;
            var awaits = new List<(int, int, int)>();
            while (reader.RemainingBytes > 0)
            {
                awaits.Add((
                    (int)reader.ReadUInt32(),
                    (int)reader.ReadUInt32(),
                    MetadataTokens.GetToken(MetadataTokens.MethodDefinitionHandle(reader.ReadCompressedInteger()))));
            }

            return new Stepping(catchHandler, awaits);
        }

        return null;
    }

    /// <summary>What else the compiler left there, for edit and continue and the like.</summary>
    public IEnumerable<Guid> OtherInformationOf(int token) =>
        Information(Handle(token)).Select(found => found.Kind).Where(kind => kind != _steppingKind && kind != _hoistedScopesKind);

    public void Dispose() => _provider.Dispose();

    private List<int> Numbers(BlobHandle blob)
    {
        var reader = _reader.GetBlobReader(blob);
        var numbers = new List<int>();
        while (reader.RemainingBytes > 0)
        {
            numbers.Add(reader.ReadCompressedInteger());
        }

        return numbers;
    }

    private string Text(DocumentHandle handle)
    {
        var document = _reader.GetDocument(handle);
        return $"{_reader.GetString(document.Name)} {Convert.ToHexString(_reader.GetBlobBytes(document.Hash))} "
            + $"{_reader.GetGuid(document.Language)}";
    }

    private static MethodDefinitionHandle Handle(int token) => MetadataTokens.MethodDefinitionHandle(token & 0xffffff);

    private MethodDebugInformation Method(int token) => _reader.GetMethodDebugInformation(Handle(token).ToDebugInformationHandle());

    private IEnumerable<BlobHandle> BlobsOf(int token, Guid kind) =>
        Information(Handle(token)).Where(found => found.Kind == kind).Select(found => found.Value);

    private IEnumerable<(Guid Kind, BlobHandle Value)> Information(EntityHandle parent) =>
        _reader.GetCustomDebugInformation(parent).Select(handle => _reader.GetCustomDebugInformation(handle))
            .Select(found => (_reader.GetGuid(found.Kind), found.Value));

    /// <param name="CatchHandler">Where an exception leaves the method for its awaiter; -1 where the PDB does not say.</param>
    /// <param name="Awaits">Where each await suspends, and where (in which method) it goes on.</param>
    internal sealed record Stepping(int CatchHandler, IReadOnlyList<(int Yield, int Resume, int Method)> Awaits);
}
