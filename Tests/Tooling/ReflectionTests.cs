using System.Reflection;
using System.Runtime.CompilerServices;
using AssemblyToProcess.Tooling;
using Tests.Weaving;

namespace Tests.Tooling;

/// <summary>Reflection finds in a woven assembly what it finds in the unwoven one.</summary>
internal sealed class ReflectionTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Subject[] _subjects = [Subject.Debug, Subject.Release];
    private static readonly Named _named = new();

    [TestCaseSource(nameof(_subjects))]
    public void each_method_has_the_attributes_and_parameters_that_it_had(Subject subject)
    {
        var expected = MethodsOf(Woven.Before(subject).Load());
        var actual = MethodsOf(Weaver.Weave(subject).Load());

        Assert.That(expected, Has.Count.GreaterThan(500));
        Assert.That(expected.Where(method => !actual.Contains(method)), Is.Empty);
    }

    [TestCaseSource(nameof(_subjects))]
    public void each_type_of_the_users_has_the_fields_that_it_had_and_no_more(Subject subject)
    {
        var expected = FieldsOf(Woven.Before(subject).Load());

        Assert.That(expected, Has.Count.GreaterThan(100));
        Assert.That(FieldsOf(Weaver.Weave(subject).Load()), Is.EquivalentTo(expected));
    }

    [TestCaseSource(nameof(_subjects))]
    public void one_method_alone_has_a_state_machine(Subject subject)
    {
        var machines = Weaver.Weave(subject).Load().GetTypes().SelectMany(type => type.GetMethods(All))
            .SelectMany(method => method.GetCustomAttributes<StateMachineAttribute>(),
                (method, attribute) => (method, attribute.StateMachineType))
            .ToList();

        Assert.That(machines, Has.Count.GreaterThan(100));
        Assert.That(machines.Select(machine => machine.StateMachineType), Is.Unique.And.No.Null);
        Assert.That(machines.Select(machine => machine.method.Name), Has.None.Contains("$sat"));
    }

    [Test]
    public async Task a_body_sees_its_own_name()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _named.CallerOfAsync(), Is.EqualTo("CallerOfAsync"));
            Assert.That(await _named.CallerOfNotAsync(), Is.EqualTo("CallerOfNotAsync"));
            Assert.That(await _named.CurrentMethod(1), Does.EndWith(" CurrentMethod(Int32)"));
            Assert.That(await _named.CurrentMethodOfGeneric(1), Does.EndWith(" CurrentMethodOfGeneric[T](T)"));
        }
    }

    [Test]
    public async Task a_method_that_is_not_async_and_calls_itself_makes_a_call_each_time() =>
        Assert.That(await _named.Recursive(3), Is.EqualTo(4));

    /// <summary>Those of all types but what the compiler has made of methods.</summary>
    private static HashSet<string> FieldsOf(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(All)).Select(field => $"{field.DeclaringType} {field}")];

    private static HashSet<string> MethodsOf(Assembly assembly) =>
        [.. assembly.GetTypes().SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            .Select(Describe)];

    private static string Describe(MethodBase method) =>
        $"{Attributes(method.GetCustomAttributesData())} {Access(method)} "
        + $"{method.Attributes & ~MethodAttributes.MemberAccessMask} {method.DeclaringType}.{method} "
        + $"({string.Join(", ", method.GetParameters().Select(Describe))}) "
        + $"{(method is MethodInfo function ? Describe(function.ReturnParameter) : "")}";

    /// <summary>Hooks of other types are opened to the assembly, where they were private.</summary>
    private static string Access(MethodBase method) =>
        method.IsPrivate || method.IsAssembly ? "inside" : $"{method.Attributes & MethodAttributes.MemberAccessMask}";

    private static string Describe(ParameterInfo parameter) =>
        $"{Attributes(parameter.GetCustomAttributesData())} {parameter.Attributes} {parameter} "
        + $"{(parameter.HasDefaultValue ? parameter.RawDefaultValue : "")}";

    private static string Attributes(IEnumerable<CustomAttributeData> attributes) =>
        string.Concat(attributes.Select(attribute => attribute.ToString()).Order());
}
