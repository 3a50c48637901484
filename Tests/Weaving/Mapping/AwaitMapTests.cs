using Mono.Cecil;
using Mono.Cecil.Cil;
using Sitters.Runtime.Mapping;

namespace Tests.Weaving.Mapping;

/// <summary>What the map says of each await; the subjects are those of AssemblyToProcess/Mapping, which say it in comments.</summary>
internal sealed class AwaitMapTests
{
    private const string Namespace = "AssemblyToProcess.Mapping.";

    private static readonly Subject[] _subjects = [Subject.Debug, Subject.Release, Subject.RuntimeAsync, Subject.RuntimeAsyncDebug];
    private static readonly Dictionary<Subject, Lazy<Woven>> _woven =
        _subjects.ToDictionary(subject => subject, subject => new Lazy<Woven>(() => Weaver.Weave(subject)));

    private static IEnumerable<object[]> Files =>
        from subject in _subjects
        from file in new[] { "Awaited.cs", "AwaitLines.cs" }
        select new object[] { subject, file };

    [TestCaseSource(nameof(Files))]
    public void each_await_is_where_its_line_says(Subject subject, string file) => Assert.That(
        Awaits(_woven[subject].Value)
            .Where(place => Path.GetFileName(place.FilePath) == file)
            .GroupBy(place => (place.Line, place.Method))
            .Select(line => MarkedAwaits.Text(
                file,
                line.Key.Line,
                line.Key.Method.Name[(line.Key.Method.Name.IndexOf('.', Namespace.Length) + 1)..],
                line.Select(place => place.Awaits ?? ""))),
        Is.EquivalentTo(MarkedAwaits.Expected(file)));

    [TestCaseSource(nameof(_subjects))]
    public void an_await_is_in_the_file_that_the_source_says_it_is_in(Subject subject)
    {
        var elsewhere = Awaits(_woven[subject].Value).Single(place => Path.GetFileName(place.FilePath) == "Elsewhere.razor");

        Assert.That(elsewhere.Method.Name, Is.EqualTo(Namespace + "AwaitLines.Elsewhere"));
        Assert.That(elsewhere.Line, Is.EqualTo(200));
    }

    [TestCaseSource(nameof(_subjects))]
    public void lambdas_and_local_functions_are_in_the_methods_around_them(Subject subject)
    {
        var inner = Awaits(_woven[subject].Value).Select(place => place.Method).Distinct()
            .Where(method => method.Name.StartsWith(Namespace + "Awaited.", StringComparison.Ordinal) && method.Owner is not null)
            .Select(method => string.Join(" in ", Around(method).Select(each => each.Name[(Namespace + "Awaited.").Length..])));

        Assert.That(inner, Is.EquivalentTo(
        [
            "Framework.lambda in Framework", "Foreign.lambda in Foreign", "Functions.lambda in Functions", "Functions.Local in Functions",
            "Functions.Inner in Functions.Local in Functions", "Captures.lambda in Captures",
            "Captures.lambda in Captures.lambda in Captures",
        ]));
    }

    [TestCaseSource(nameof(_subjects))]
    public void only_what_is_neither_woven_nor_of_the_framework_is_out_of_control(Subject subject)
    {
        var foreign = Awaits(_woven[subject].Value).Where(place => place.IsUncontrolled).Select(place => place.Awaits).Distinct();

        Assert.That(foreign.Where(awaits => awaits!.StartsWith("ResiliencePipeline", StringComparison.Ordinal)), Is.Not.Empty);
        Assert.That(
            foreign.Where(awaits => !awaits!.StartsWith("ResiliencePipeline", StringComparison.Ordinal)),
            Is.SubsetOf(new[] { "Task.Run", "TaskFactory.StartNew", "Parallel.ForEachAsync", "Parallel.ForAsync", "Task.WhenAll", "Task.WhenAny" }));
    }

    [TestCaseSource(nameof(_subjects))]
    public void an_async_method_that_is_left_out_is_out_of_control(Subject subject)
    {
        var own = Awaits(Weaver.Weave(subject, """<Sitters Checkpoints="Sat" />"""))
            .Where(place => place.Method.Name == Namespace + "Generic.Work");

        Assert.That(
            own.Select(place => (place.Awaits, place.IsUncontrolled)),
            Is.EqualTo([("Generic<T>.Own", true), ("ChannelReader<T>.WaitToReadAsync", false)]));
    }

    [TestCaseSource(nameof(_subjects))]
    public void woven_code_passes_each_number_once(Subject subject)
    {
        using var module = _woven[subject].Value.Read();
        var numbers = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(Numbers);

        Assert.That(numbers, Is.EquivalentTo(Enumerable.Range(1, module.AwaitsOf().Count)));
    }

    [TestCaseSource(nameof(_subjects))]
    public void without_symbols_the_members_are_known(Subject subject)
    {
        var withSymbols = Awaits(_woven[subject].Value);
        var without = Awaits(Weaver.Weave(subject, image: Woven.Before(subject) with { Pdb = [] }));

        Assert.That(without.Where(place => place.Line != 0 || place.FilePath is not null), Is.Empty);
        Assert.That(without.Select(NameOfMember), Is.EqualTo(withSymbols.Select(NameOfMember)));
    }

    [TestCaseSource(nameof(_subjects))]
    public void the_same_assembly_has_the_same_map(Subject subject)
    {
        using var first = _woven[subject].Value.Read();
        using var second = Weaver.Weave(subject).Read();

        Assert.That(second.AwaitMapOf(), Is.EqualTo(first.AwaitMapOf()));
        Assert.That(first.AwaitMapOf(), Is.Not.Empty);
    }

    [TestCaseSource(nameof(_subjects))]
    public void the_map_adds_little_to_an_assembly(Subject subject)
    {
        using var module = _woven[subject].Value.Read();
        var size = _woven[subject].Value.Dll.Length;

        TestContext.Out.WriteLine($"{module.AwaitsOf().Count} awaits: {module.AwaitMapOf()!.Length} of {size} bytes");
        Assert.That(module.AwaitMapOf()!.Length, Is.LessThan(size / 50));
    }

    [Test]
    public void an_assembly_that_awaits_nothing_has_no_map()
    {
        using var module = Weaver.Weave(
            Subject.Release,
            """<Sitters Checkpoints="Sat" />""",
            change: module => module.Types.Where(type => type.Namespace.StartsWith("AssemblyToProcess", StringComparison.Ordinal))
                .ToList().ForEach(type => module.Types.Remove(type))).Read();

        Assert.That(module.AwaitMapOf(), Is.Null);
    }

    private static IReadOnlyList<AwaitPlace> Awaits(Woven woven)
    {
        using var module = woven.Read();
        return module.AwaitsOf();
    }

    private static IEnumerable<MappedMethod> Around(MappedMethod method)
    {
        for (var next = method; next is not null; next = next.Owner)
        {
            yield return next;
        }
    }

    /// <summary>Only symbols have the names of locals.</summary>
    private static string? NameOfMember(AwaitPlace place) =>
        place.Awaits?.Contains('.', StringComparison.Ordinal) == true ? place.Awaits : null;

    /// <summary>What a method passes where it suspends: the traits, above which the number stands.</summary>
    private static IEnumerable<int> Numbers(MethodDefinition method) =>
        method.Body.Instructions.Select(Traits).OfType<Instruction>().Select(traits => (int)traits.Operand >>> 8);

    private static Instruction? Traits(Instruction call) => call.Operand is not GenericInstanceMethod called ? null
        : called is { Name: "Gated", Parameters.Count: 3 } ? BehindOption(call.Previous)
        : called is { Name: "AwaitUnsafeOnCompleted" or "AwaitOnCompleted", Parameters.Count: 4 } ? BehindOption(call.Previous)
        : null;

    private static Instruction BehindOption(Instruction last) => last.OpCode.Code == Code.Or ? last.Previous : last;
}
