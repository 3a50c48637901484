using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Sitters.Analyzers;
using Sitters.CodeFixes;

namespace Tests.Analyzers;

/// <summary>
/// Sources with faults in them, marked as <c>{|SIT005:Work|}</c>, and what becomes of them: by one fix after the other, and by all at
/// once. What comes out compiles.
/// </summary>
internal sealed class FixTest : CSharpCodeFixTest<SitAnalyzer, SitCodeFixProvider, DefaultVerifier>
{
    private FixTest(string before, string after, string key)
    {
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        foreach (var state in new[] { TestState, FixedState })
        {
            state.Sources.Add(("Usings.cs", Sources.Usings));
            state.Sources.Add(("Shop.cs", state == TestState ? before : after));
            state.AdditionalReferences.AddRange(Sources.References);
        }

        CodeActionEquivalenceKey = key;
        NumberOfFixAllIterations = 1;
    }

    /// <summary>The fixes of a key are made of everything that is marked.</summary>
    public static Task Make(string key, string before, string after, int steps = 1) =>
        new FixTest(before, after, key) { NumberOfIncrementalIterations = steps }.RunAsync();

    /// <summary>There is no fix of a key.</summary>
    public static Task MakeNone(string key, string source) =>
        new FixTest(source, source, key) { NumberOfIncrementalIterations = 0, NumberOfFixAllIterations = 0 }.RunAsync();

    protected override ParseOptions CreateParseOptions() => CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    protected override CompilationOptions CreateCompilationOptions() => new CSharpCompilationOptions(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
}
