using System.Globalization;
using System.Text.RegularExpressions;
using ICSharpCode.Decompiler;
using ICSharpCode.Decompiler.CSharp;
using ICSharpCode.Decompiler.CSharp.OutputVisitor;
using ICSharpCode.Decompiler.Metadata;
using ICSharpCode.Decompiler.TypeSystem;
using Sitters.Fody.Mapping;

namespace Tests.Weaving.Golden;

/// <summary>A woven subject as C#, with the state machines as they are.</summary>
internal sealed class DecompiledCode
{
    private readonly CSharpDecompiler _decompiler;
    private readonly string _moduleNumber;

    public DecompiledCode(Subject subject)
    {
        var settings = new DecompilerSettings
        {
            AsyncAwait = false,
            AsyncEnumerator = false,
            YieldReturn = false,
            LocalFunctions = false,
            NullableReferenceTypes = false,
            CSharpFormattingOptions = FormattingOptionsFactory.CreateAllman(),
        };
        settings.CSharpFormattingOptions.IndentationString = "    ";
        using var unwoven = Woven.Before(subject).Read();
        _moduleNumber = ModuleNumber.Of(unwoven).ToString(CultureInfo.InvariantCulture);
        var module = new PEFile(subject.Dll, new MemoryStream(Weaver.Weave(subject).Dll));
        var resolver = new UniversalAssemblyResolver(subject.Dll, throwOnError: true, module.DetectTargetFrameworkId());
        foreach (var reference in subject.References)
        {
            resolver.AddSearchDirectory(Path.GetDirectoryName(reference));
        }

        _decompiler = new CSharpDecompiler(module, resolver, settings);
    }

    /// <summary>A type with all that is nested in it, and the module's number, which any change of it changes, by name.</summary>
    public string Of(string type) =>
        string.Concat(_decompiler.DecompileTypeAsString(new FullTypeName(type)).TrimEnd()
            .Split(Environment.NewLine)
            .Select(line => $"{Regex.Replace(line, $@"(?<=, ){_moduleNumber}(?=\))", "module").TrimEnd()}\n"));
}
