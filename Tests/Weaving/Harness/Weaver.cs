using System.Xml.Linq;
using Fody;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Sitters.Fody;

namespace Tests.Weaving;

/// <summary>
/// Does what Fody does in a build: the same resolution rules, against the references that the compiler had, and symbols in and out.
/// </summary>
internal static class Weaver
{
    public static Woven Weave(
        Subject subject,
        string config = "<Sitters />",
        string? projectDirectory = null,
        string? assemblyFile = null,
        Action<ModuleDefinition>? change = null,
        Woven? image = null,
        string? weaverFolder = null)
    {
        using var resolver = new ReferenceResolver(subject.References);
        image ??= Woven.Before(subject);
        using var module = image.Read(resolver);
        change?.Invoke(module);

        var messages = new List<Message>();
        var weaver = Create(module, resolver, config, messages);
        weaver.References = string.Join(";", subject.References);
        weaver.ProjectDirectoryPath = projectDirectory!;
        weaver.AssemblyFilePath = assemblyFile!;
        weaver.AddinDirectoryPath = weaverFolder!;
        try
        {
            weaver.Execute();
        }
        catch (WeavingException exception)
        {
            return new Woven([], [], [.. messages, new Message("failure", exception.Message, null, 0)]);
        }

        var dll = new MemoryStream();
        var pdb = new MemoryStream();
        var symbols = module.SymbolReader?.GetWriterProvider();
        module.Write(dll, symbols is null
            ? new WriterParameters()
            : new WriterParameters { WriteSymbols = true, SymbolStream = pdb, SymbolWriterProvider = symbols });
        return new Woven(dll.ToArray(), pdb.ToArray(), messages);
    }

    /// <summary>A weaver that has everything but the order to weave.</summary>
    public static void Use(Subject subject, Action<ModuleWeaver> use)
    {
        using var resolver = new ReferenceResolver(subject.References);
        using var module = Woven.Before(subject).Read(resolver);
        use(Create(module, resolver, "<Sitters />", []));
    }

    private static ModuleWeaver Create(ModuleDefinition module, ReferenceResolver resolver, string config, List<Message> messages)
    {
        void Add(string severity, string text, SequencePoint? point = null) =>
            messages.Add(new Message(severity, text, point?.Document.Url, point?.StartLine ?? 0));

#pragma warning disable CS0618 // Fody sets these members; they are marked obsolete to keep weavers off them.
        var weaver = new ModuleWeaver
        {
            Config = XElement.Parse(config),
            ModuleDefinition = module,
            AssemblyResolver = resolver,
            ResolveAssembly = resolver.Resolve,
            LogDebug = text => Add("debug", text),
            LogInfo = text => Add("info", text),
            LogMessage = (text, _) => Add("info", text),
            LogWarning = text => Add("warning", text),
            LogWarningPoint = (text, point) => Add("warning", text, point),
            LogError = text => Add("error", text),
            LogErrorPoint = (text, point) => Add("error", text, point),
        };
        var types = new TypeCache(resolver.Resolve);
        types.BuildAssembliesToScan(weaver);
        weaver.FindType = types.FindType;
        weaver.TryFindType = types.TryFindType;
#pragma warning restore CS0618
        weaver.TypeSystem = new Fody.TypeSystem(types.FindType, module);
        return weaver;
    }
}
