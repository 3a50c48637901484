
namespace Tests.Weaving.Golden;

/// <summary>
/// What the weaver makes of representative methods is kept as C#, as a decompiler reads it, in the files beside this one: so that a change
/// of the weaver shows in review. The methods are those of AssemblyToProcess/Representative.cs.
/// </summary>
internal sealed class GoldenFileTests
{
    private static readonly string _folder = Repository.PathOf("Tests", "Weaving", "Golden");
    private static readonly Lazy<DecompiledCode> _debug = new(() => new DecompiledCode(Subject.Debug));
    private static readonly Lazy<DecompiledCode> _release = new(() => new DecompiledCode(Subject.Release));
    private static readonly Lazy<DecompiledCode> _runtimeAsync = new(() => new DecompiledCode(Subject.RuntimeAsync));

    private static readonly (string File, Lazy<DecompiledCode> Code, string Type)[] _cases =
    [
        ("Alone", _release, "Alone"),
        ("Alone.Debug", _debug, "Alone"),
        ("Alone.RuntimeAsync", _runtimeAsync, "Alone"),
        ("Cached", _release, "Cached"),
        ("Cleaning", _release, "Cleaning"),
        ("Generic", _release, "Generic`1"),
        ("Helper", _release, "Helper"),
        ("Helper.RuntimeAsync", _runtimeAsync, "Helper"),
        ("Hooked", _release, "Hooked"),
        ("InStruct", _release, "InStruct"),
        ("NotAsync", _release, "NotAsync"),
        ("OfValueTask", _release, "OfValueTask"),
        ("Retried", _release, "Retried"),
        ("RetriedByMember", _release, "RetriedByMember"),
        ("Streaming", _release, "Streaming"),
        ("Timed", _release, "Timed"),
        ("WithTokens", _release, "WithTokens"),
    ];

    private static IEnumerable<TestCaseData> Cases =>
        _cases.Select(each => new TestCaseData(each.File, each.Code, each.Type).SetArgDisplayNames(each.File));

    [TestCaseSource(nameof(Cases))]
    public void woven_code_is_as_it_was(string file, Lazy<DecompiledCode> code, string type)
    {
        var golden = Path.Combine(_folder, $"{file}.txt");
        var received = Path.Combine(_folder, $"{file}.received.txt");
        var expected = File.Exists(golden) ? File.ReadAllText(golden) : "";

        var actual = code.Value.Of($"AssemblyToProcess.Representative.{type}");

        if (actual == expected)
        {
            File.Delete(received);
        }
        else
        {
            File.WriteAllText(received, actual);
        }

        Assert.That(actual, Is.EqualTo(expected), $"""
            The weaver makes something else of this method than before: compare the two files, and where the new one is right, accept it by
            mv {received} {golden}
            """);
    }

    [Test]
    public void no_golden_file_is_left_over() => Assert.That(
        Directory.EnumerateFiles(_folder, "*.txt")
            .Where(file => !file.EndsWith(".received.txt", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension),
        Is.EquivalentTo(_cases.Select(each => each.File)));
}
