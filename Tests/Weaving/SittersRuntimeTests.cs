using System.Reflection;
using Mono.Cecil;
using Sitters.Fody.Metadata;
using Sitters.Fody.References;
using Sitters.Rules;
using Sitters.Rules.Settings;

namespace Tests.Weaving;

/// <summary>What the weaver knows of the runtime by name is there: no build of a user finds out first.</summary>
internal sealed class SittersRuntimeTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Test]
    public void every_type_and_member_that_the_weaver_names_exists_and_can_be_reached_from_woven_code() => Weaver.Use(Subject.Debug, weaver =>
    {
        var references = new ModuleReferences(weaver);

        var named = Named(references.Runtime, references).ToArray();

        Assert.That(named, Has.Length.GreaterThan(50));
        foreach (var member in named)
        {
            Assert.That(IsPublic(member.Resolve()), Is.True, member.FullName);
            if (member is GenericInstanceMethod method)
            {
                Assert.That(method.GenericArguments, Has.Count.EqualTo(method.Resolve().GenericParameters.Count), member.FullName);
            }
        }
    });

    [Test]
    public void each_event_that_has_hooks_is_one_of_the_runtime() => Weaver.Use(Subject.Debug, weaver =>
    {
        var options = new ModuleReferences(weaver).Runtime.PlanOptions;

        Assert.That(
            KnownSettings.Hooks.Select(options.HookEvent),
            Is.EquivalentTo(Enum.GetValues<Sitters.Runtime.Plans.HookEvent>().Cast<int>()));
    });

    [Test]
    public void a_carrier_implements_all_that_the_runtime_asks_of_it() => Weaver.Use(Subject.Debug, weaver =>
    {
        var references = new ModuleReferences(weaver);

        Assert.That(
            references.Runtime.SatMethod(references.Object).Resolve().Methods.Select(method => method.Name),
            Is.EquivalentTo(Constants(typeof(SittersRuntime.SatMethodNames))));
        Assert.That(
            references.Runtime.SatCachedMethod(references.Object, references.Object).Resolve().Methods.Select(method => method.Name),
            Is.EquivalentTo(Constants(typeof(SittersRuntime.SatCachedMethodNames))));
    });

    [Test]
    public void so_do_the_attributes() => Weaver.Use(Subject.Debug, weaver =>
    {
        var references = new ModuleReferences(weaver);

        Assert.That(references.Type(SittersRuntime.SitAttribute).Resolve().IsPublic, Is.True);
        Assert.That(references.Attribute(SittersRuntime.WovenAttribute).Constructor.Resolve().IsPublic, Is.True);
    });

    /// <summary>Each property, and each method for all that it can be asked for.</summary>
    private static IEnumerable<MemberReference> Named(object group, ModuleReferences references)
    {
        foreach (var property in group.GetType().GetProperties(Own))
        {
            switch (property.GetValue(group))
            {
                case MemberReference member:
                    yield return member;
                    break;
                case { } inner:
                    foreach (var member in Named(inner, references))
                    {
                        yield return member;
                    }

                    break;
            }
        }

        foreach (var method in group.GetType().GetMethods(Own)
            .Where(method => !method.IsSpecialName && method.ReturnType.IsAssignableTo(typeof(MemberReference))))
        {
            foreach (var arguments in Arguments(method.GetParameters(), references))
            {
                yield return (MemberReference)method.Invoke(group, arguments)!;
            }
        }
    }

    private static IEnumerable<object?[]> Arguments(ParameterInfo[] parameters, ModuleReferences references)
    {
        if (parameters.Length == 0)
        {
            return [[]];
        }

        return Arguments(parameters[..^1], references)
            .SelectMany(first => Values(parameters[^1], first, references).Select(last => first.Append(last).ToArray()));
    }

    private static IEnumerable<object?> Values(ParameterInfo parameter, object?[] others, ModuleReferences references) => parameter.Name switch
    {
        "awaiter" => [.. Awaiters(references), references.Object],
        "outcome" => others[0] is Returned.Task or Returned.ValueTask ? [null] : [references.Object],
        "isCached" => others[0] is Returned.TaskOf or Returned.ValueTaskOf ? [true, false] : [false],
        "returned" => Enum.GetValues<Returned>().Where(returned => returned is not (Returned.Other or Returned.Void)).Cast<object?>(),
        "setting" => KnownSettings.All.Where(setting => setting.PlanDefault is not null || setting.Kind == SettingKind.Types),
        _ => [references.Object],
    };

    private static IEnumerable<TypeReference> Awaiters(ModuleReferences references) => Constants(typeof(Awaiters))
        .Select(name => name.Split('/'))
        .Select(path => path.Skip(1).Aggregate(
            references.Type(path[0]).Resolve(),
            (type, nested) => type.NestedTypes.Single(candidate => candidate.Name == nested)))
        .Select(type => GenericArguments.Instance(references.Import(type), type.HasGenericParameters ? [references.Object] : []));

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!);

    private static bool IsPublic(IMemberDefinition member) =>
        member is TypeDefinition type ? type.IsPublic : ((MethodDefinition)member).IsPublic && member.DeclaringType.IsPublic;
}
