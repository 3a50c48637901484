using System.Diagnostics;
using System.Reflection;

namespace Tests.Weaving;

/// <summary>Every shape of method gives what it gives unwoven: each probe is run both ways, and tells the same.</summary>
internal sealed class ShapeTests
{
    private static readonly Dictionary<Subject, Lazy<(Assembly Unwoven, Assembly Woven)>> _assemblies = new()
    {
        [Subject.Debug] = new(() => Load(Subject.Debug)),
        [Subject.Release] = new(() => Load(Subject.Release)),
        [Subject.RuntimeAsync] = new(() => Load(Subject.RuntimeAsync)),
        [Subject.RuntimeAsyncDebug] = new(() => Load(Subject.RuntimeAsyncDebug)),
    };

    private static IEnumerable<TestCaseData> Probes() =>
        from subject in _assemblies.Keys
        from probe in ProbesOf(typeof(AssemblyToProcess.Plain).Assembly)
        where !subject.IsRuntimeAsync || probe.Name != nameof(AssemblyToProcess.Shapes.Bodies.B29_stack_trace_has_the_users_frame)
        select new TestCaseData(subject, probe.DeclaringType!.FullName, probe.Name).SetArgDisplayNames(subject.Name.Split('.')[1], probe.Name);

    [TestCaseSource(nameof(Probes))]
    public async Task as_unwoven(Subject subject, string type, string probe)
    {
        var (unwoven, woven) = _assemblies[subject].Value;

        var expected = await Run(unwoven, type, probe);
        var actual = await Run(woven, type, probe);

        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public async Task but_a_body_that_the_runtime_suspends_shows_its_own_name_in_stack_traces()
    {
        var (_, woven) = _assemblies[Subject.RuntimeAsync].Value;

        var frame = await Run(woven, typeof(AssemblyToProcess.Shapes.Bodies).FullName!, nameof(AssemblyToProcess.Shapes.Bodies.B29_stack_trace_has_the_users_frame));

        Assert.That(frame, Does.StartWith("at AssemblyToProcess.Shapes.Bodies.<ThrowsLater>$sat(Frame frame) in ").And.Contains("Bodies.cs:line "));
    }

    [TestCaseSource(nameof(InSolution))]
    public async Task woven_by_the_build(string type, string probe)
    {
        var built = typeof(AssemblyToProcess.Plain).Assembly;
        var isDebug = built.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

        var expected = await Run(_assemblies[isDebug ? Subject.Debug : Subject.Release].Value.Unwoven, type, probe);
        var actual = await Run(built, type, probe);

        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void a_property_of_an_extension_block_is_sat_as_the_method_that_it_becomes([Values("get_Fourfold", "get_One")] string getter)
    {
        using var module = Weaver.Weave(Subject.Release).Read();

        Assert.That(module.PlanOf("AssemblyToProcess.Shapes.Extensions", getter), Is.Not.Null);
    }

    private static IEnumerable<TestCaseData> InSolution() => ProbesOf(typeof(AssemblyToProcess.Plain).Assembly)
        .Select(probe => new TestCaseData(probe.DeclaringType!.FullName, probe.Name).SetArgDisplayNames(probe.Name));

    private static IEnumerable<MethodInfo> ProbesOf(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => type is { Namespace: "AssemblyToProcess.Shapes", IsAbstract: true, IsSealed: true })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(Task<string>) && method.GetParameters().Length == 0);

    private static Task<string> Run(Assembly assembly, string type, string probe) =>
        (Task<string>)assembly.GetType(type, throwOnError: true)!.GetMethod(probe)!.Invoke(null, null)!;

    private static (Assembly Unwoven, Assembly Woven) Load(Subject subject) => (Woven.Before(subject).Load(), Weaver.Weave(subject).Load());
}
