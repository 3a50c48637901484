using System.Globalization;
using System.Text.RegularExpressions;
using ICSharpCode.Decompiler;
using ICSharpCode.Decompiler.CSharp;
using ICSharpCode.Decompiler.CSharp.OutputVisitor;
using ICSharpCode.Decompiler.Metadata;
using ICSharpCode.Decompiler.TypeSystem;
using Sitters.Runtime.Gating;

namespace Tests.Weaving.Golden;

/// <summary>A woven subject as C#, with the state machines as they are.</summary>
internal sealed class DecompiledCode
{
    private const int TraitsBits = 8;

    private static readonly Regex _traits = new(@"\(AwaitTraits\)(?<value>\d+)");

    private readonly CSharpDecompiler _decompiler;

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
        var module = new PEFile(subject.Dll, new MemoryStream(Weaver.Weave(subject).Dll));
        var resolver = new UniversalAssemblyResolver(subject.Dll, throwOnError: true, module.DetectTargetFrameworkId());
        foreach (var reference in subject.References)
        {
            resolver.AddSearchDirectory(Path.GetDirectoryName(reference));
        }

        _decompiler = new CSharpDecompiler(module, resolver, settings);
    }

    /// <summary>
    /// A type with all that is nested in it. Any change of the module changes the numbers of its awaits: here those of the type are
    /// counted alone.
    /// </summary>
    public string Of(string type)
    {
        var code = _decompiler.DecompileTypeAsString(new FullTypeName(type)).TrimEnd();
        var numbers = _traits.Matches(code).Select(NumberOf).Order().ToList();
        code = _traits.Replace(code, match => $"{string.Join(" | ", TraitsOf(match))} | Await({numbers.IndexOf(NumberOf(match)) + 1})");
        return string.Concat(code.Split(Environment.NewLine).Select(line => line.TrimEnd() + "\n"));
    }

    private static int NumberOf(Match match) => Value(match) >>> TraitsBits;

    private static IEnumerable<string> TraitsOf(Match match) =>
        ((AwaitTraits)(Value(match) & ((1 << TraitsBits) - 1))).ToString().Split(", ").Select(trait => $"{nameof(AwaitTraits)}.{trait}");

    private static int Value(Match match) => int.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
}
