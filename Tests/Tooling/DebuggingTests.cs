using Mono.Cecil;
using Tests.Weaving;

namespace Tests.Tooling;

/// <summary>
/// A debugger finds in a woven method what it finds in the unwoven one, instruction by instruction, and nothing of what was woven in.
/// </summary>
internal sealed class DebuggingTests
{
    private static readonly Dictionary<Subject, Lazy<Side[]>> _sides = new()
    {
        [Subject.Debug] = new(() => Sides(Subject.Debug)),
        [Subject.Release] = new(() => Sides(Subject.Release)),
    };

    private static Subject[] Subjects => [.. _sides.Keys];

    [OneTimeTearDown]
    public void Close()
    {
        foreach (var side in _sides.Values.Where(sides => sides.IsValueCreated).SelectMany(sides => sides.Value))
        {
            side.Dispose();
        }
    }

    [TestCaseSource(nameof(Subjects))]
    public void each_line_begins_at_the_instruction_at_which_it_began(Subject subject) =>
        Compare(subject, side => method => side.Symbols.PointsOf(Side.Token(method))
            .SkipWhile(point => point.IsHidden)
            .Select(point => point.IsHidden
                ? "hidden"
                : $"{point.StartLine}:{point.StartColumn}-{point.EndLine}:{point.EndColumn} at {side.At(method, point.Offset)}"));

    [TestCaseSource(nameof(Subjects))]
    public void no_line_begins_in_what_was_woven_in(Subject subject)
    {
        var woven = _sides[subject].Value[1];

        var found = woven.Bodies.Values.SelectMany(method => woven.Symbols.PointsOf(Side.Token(method))
            .Where(point => !point.IsHidden && woven.IsWovenIn(method, point.Offset))
            .Select(point => $"{method.FullName}: line {point.StartLine}"));

        Assert.That(found, Is.Empty);
    }

    [TestCaseSource(nameof(Subjects))]
    public void what_was_woven_in_front_of_a_body_is_hidden(Subject subject)
    {
        var woven = _sides[subject].Value[1];
        var fronts = woven.Bodies.Values.Where(method => woven.IsWovenIn(method, 0))
            .Select(method => woven.Symbols.PointsOf(Side.Token(method))).ToList();

        Assert.That(fronts, Has.Count.GreaterThan(10));
        Assert.That(fronts.Where(points => points is not [{ Offset: 0, IsHidden: true }, ..]), Is.Empty);
    }

    [TestCaseSource(nameof(Subjects))]
    public void a_step_over_an_await_stops_where_it_stopped(Subject subject) =>
        Compare(subject, side => method => side.Symbols.SteppingOf(Side.Token(method)) is { } stepping
            ? stepping.Awaits.Select(
                step => $"{side.At(method, step.Yield)} to {side.At(method, step.Resume)} of {side.NameOf(step.Method)}")
                .Prepend($"catch {(stepping.CatchHandler < 0 ? "nowhere" : side.At(method, stepping.CatchHandler))}")
            : []);

    [TestCaseSource(nameof(Subjects))]
    public void locals_have_their_names_where_they_had_them(Subject subject) =>
        Compare(subject, side => method => side.Symbols.LocalsOf(Side.Token(method))
            .Select(local => $"{local.Name} is {local.Slot} from {side.At(method, local.Start)} to {side.At(method, local.End)}"));

    [TestCaseSource(nameof(Subjects))]
    public void locals_that_outlive_an_await_are_seen_where_they_were(Subject subject) =>
        Compare(subject, side => method => side.Symbols.HoistedScopesOf(Side.Token(method))
            .Select(scope => $"from {side.At(method, scope.Start)} to {side.At(method, scope.End)}"));

    [TestCaseSource(nameof(Subjects))]
    public void everything_else_that_the_compiler_left_is_there(Subject subject)
    {
        var (unwoven, woven) = (_sides[subject].Value[0], _sides[subject].Value[1]);

        // Documents without a line of any method, such as most of the files that the build generates, are not written again.
        Assert.That(woven.Symbols.Documents, Is.EquivalentTo(unwoven.Symbols.DocumentsWithLines));
        Assert.That(woven.Symbols.ModuleInformation, Is.EquivalentTo(unwoven.Symbols.ModuleInformation));
        Compare(subject, side => method => side.Symbols.OtherInformationOf(Side.Token(method)).Select(kind => kind.ToString()).Order());
    }

    [TestCaseSource(nameof(Subjects))]
    public void a_type_without_code_is_found_in_the_document_in_which_it_was(Subject subject)
    {
        var (unwoven, woven) = (_sides[subject].Value[0], _sides[subject].Value[1]);
        var written = unwoven.Symbols.DocumentsWithLines.ToHashSet();
        var expected = unwoven.TypeDocuments.Where(found => written.Contains(found.Document)).ToList();

        Assert.That(expected, Has.Count.GreaterThan(3));
        Assert.That(woven.TypeDocuments, Is.EquivalentTo(expected));
    }

    [TestCaseSource(nameof(Subjects))]
    public void a_state_machine_is_said_to_be_of_the_method_that_starts_it(Subject subject)
    {
        var woven = _sides[subject].Value[1];
        var machines = woven.Bodies.Values.Where(method => woven.Symbols.KickoffOf(Side.Token(method)) is not null).ToList();

        Assert.That(machines, Has.Count.GreaterThan(100));
        Assert.That(machines.Where(machine => !Starts(woven, machine)), Is.Empty);
    }

    private static bool Starts(Side woven, MethodDefinition machine) =>
        woven.MethodOf(woven.Symbols.KickoffOf(Side.Token(machine))!.Value).Body.Instructions
        .Any(instruction => (instruction.Operand as MemberReference)?.DeclaringType?.GetElementType() == machine.DeclaringType);

    private static Side[] Sides(Subject subject)
    {
        var unwoven = new Side(Woven.Before(subject));
        return [unwoven, new Side(Weaver.Weave(subject), unwoven)];
    }

    private static void Compare(Subject subject, Func<Side, Func<MethodDefinition, IEnumerable<string>>> read)
    {
        var (unwoven, woven) = (_sides[subject].Value[0], _sides[subject].Value[1]);
        var (ofUnwoven, ofWoven) = (read(unwoven), read(woven));
        var differences = new List<string>();
        var compared = 0;
        foreach (var (name, method) in unwoven.Bodies)
        {
            var expected = ofUnwoven(method).ToList();
            var actual = ofWoven(woven.Bodies[name]).ToList();
            compared += expected.Count;
            if (!expected.SequenceEqual(actual))
            {
                var missing = string.Join("\n  ", expected.Except(actual));
                differences.Add($"{name}:\n  {missing}\nhas become\n  {string.Join("\n  ", actual.Except(expected))}");
            }
        }

        Assert.That(compared, Is.GreaterThan(10));
        Assert.That(differences, Is.Empty);
    }
}
