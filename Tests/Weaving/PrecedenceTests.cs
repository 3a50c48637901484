using System.Globalization;
using Mono.Cecil;

namespace Tests.Weaving;

/// <summary>What counts where a setting is set at several levels: method, class, assembly, FodyWeavers.xml, default.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PrecedenceTests
{
    private static readonly Lazy<Woven> _subject = new(() => Woven.Before(Subject.Debug).Only(
        "Configured", "ClassWithRetry", "ApplyTarget", "ApplyGenerated", "ApplyGeneratedWithAttribute", "ApplyPartlyGenerated", "CacheTarget",
        "HooksAtTwoLevels", "HooksOfTheClass", "RetryShapes", "Plain", "ClassLevel", "IClassLevel"));

    private const string Configured = "AssemblyToProcess.Configured";
    private const string Target = "AssemblyToProcess.ApplyTarget";

    [Test]
    public void a_method_wins_over_its_class_and_takes_the_rest_from_it()
    {
        var plan = Plan("<Sitters MaxAttempts='7' GraceSeconds='1' />", Configured, "MethodAndClass")!;

        Assert.That(plan["MaxAttempts"], Is.EqualTo("2"));
        Assert.That(plan["TimeoutSeconds"], Is.EqualTo("10"));
        Assert.That(plan["OnTimeout"], Is.EqualTo("2"));
        Assert.That(plan["GraceSeconds"], Is.EqualTo("1"));
    }

    [Test]
    public void a_class_sits_its_methods() => Assert.That(Plan("<Sitters />", Configured, "ClassAlone")!["MaxAttempts"], Is.EqualTo("4"));

    [Test]
    public void disabled_takes_a_method_out() => Assert.That(Plan("<Sitters />", Configured, "Disabled"), Is.Null);

    [Test]
    public void a_zero_takes_out_what_a_farther_level_sets() =>
        Assert.That(Plan("<Sitters />", Configured, "TakesOut"), Does.Not.ContainKey("TimeoutSeconds"));

    [Test]
    public void the_assembly_stands_between_class_and_file()
    {
        using var module = Weave("<Sitters MaxAttempts='7' GraceSeconds='1' RetryDelaySeconds='3' />", AddToAssembly);

        Assert.That(module.PlanOf(Configured, "ClassAlone")!["MaxAttempts"], Is.EqualTo("4"));
        Assert.That(module.PlanOf(Target, "GetAsync")!["MaxAttempts"], Is.EqualTo("5"));
        Assert.That(module.PlanOf(Target, "GetAsync")!["RetryDelaySeconds"], Is.EqualTo("3"));
    }

    [Test]
    public void an_apply_sits_methods_without_an_attribute()
    {
        using var module = Weave("<Sitters><Apply To='AssemblyToProcess.Apply*.*' MaxAttempts='3' /></Sitters>");

        Assert.That(module.PlanOf(Target, "GetAsync")!["MaxAttempts"], Is.EqualTo("3"));
        Assert.That(module.PlanOf(Target, "Other")!["MaxAttempts"], Is.EqualTo("3"));
        Assert.That(module.PlanOf(Target, "NotATask"), Is.Null);
        Assert.That(module.PlanOf(Target, "NotAsync"), Is.Null);
        Assert.That(module.PlanOf(Target, "GetAsyncEnumerator"), Is.Null);
        Assert.That(module.PlanOf(Target, "Ref"), Is.Null);
        Assert.That(module.PlanOf(Target, "WithAttribute")!["MaxAttempts"], Is.EqualTo("9"));
    }

    [Test]
    public void an_apply_sits_methods_that_are_not_async_where_it_says_so()
    {
        using var module = Weave("<Sitters><Apply To='AssemblyToProcess.Apply*.*' IncludeNotAsync='true' /></Sitters>");

        Assert.That(module.PlanOf(Target, "NotAsync"), Is.Not.Null);
        Assert.That(module.PlanOf(Target, "GetAsyncEnumerator"), Is.Not.Null);
    }

    [Test]
    public void an_apply_passes_over_generated_code()
    {
        using var module = Weave("<Sitters><Apply To='AssemblyToProcess.Apply*.*' IncludeNotAsync='true' MaxAttempts='3' /></Sitters>");

        Assert.That(module.PlanOf("AssemblyToProcess.ApplyGenerated", "GetAsync"), Is.Null);
        Assert.That(module.PlanOf("AssemblyToProcess.ApplyGenerated/Nested", "NotAsync"), Is.Null);
        Assert.That(module.PlanOf("AssemblyToProcess.ApplyPartlyGenerated", "Generated"), Is.Null);
        Assert.That(module.PlanOf("AssemblyToProcess.ApplyPartlyGenerated", "GetAsync")!["MaxAttempts"], Is.EqualTo("3"));
    }

    [Test]
    public void an_attribute_on_generated_code_counts()
    {
        using var module = Weave("<Sitters />");

        Assert.That(module.PlanOf("AssemblyToProcess.ApplyGenerated", "WithAttribute")!["MaxAttempts"], Is.EqualTo("9"));
        Assert.That(module.PlanOf("AssemblyToProcess.ApplyGeneratedWithAttribute", "GetAsync")!["MaxAttempts"], Is.EqualTo("8"));
    }

    [TestCase("<Sitters />", false)]
    [TestCase("<Sitters IncludeNotAsync='true' />", true)]
    public void a_class_passes_over_methods_that_are_not_async(string config, bool included) =>
        Assert.That(Plan(config, Configured, "NotAsync"), included ? Is.Not.Null : Is.Null);

    [TestCase("<Sitters CacheSize='3'><Apply To='*.CacheTarget.*' /></Sitters>")]
    [TestCase("<Sitters><Apply To='*.CacheTarget.*' CacheSize='3' /></Sitters>")]
    public void a_cache_for_many_methods_passes_over_those_that_have_nothing_to_keep(string config)
    {
        const string Target = "AssemblyToProcess.CacheTarget";
        using var module = Weave(config);

        Assert.That(module.PlanOf(Target, "Number")!["CacheSize"], Is.EqualTo("3"));
        foreach (var method in new[] { "Nothing", "Opened", "Elements" })
        {
            Assert.That(module.PlanOf(Target, method), Is.Not.Null.And.Not.ContainKey("CacheSize"), method);
        }
    }

    [Test]
    public void of_several_applies_the_last_one_counts()
    {
        using var module = Weave(
            """
            <Sitters>
              <Apply To='AssemblyToProcess.ApplyTarget.*' MaxAttempts='3' RetryDelaySeconds='1' />
              <Apply To='*.GetAsync' MaxAttempts='4' />
              <Apply To='*.ApplyTarget.Other' Disabled='true' />
            </Sitters>
            """);

        Assert.That(module.PlanOf(Target, "GetAsync")!["MaxAttempts"], Is.EqualTo("4"));
        Assert.That(module.PlanOf(Target, "GetAsync"), Does.Not.ContainKey("RetryDelaySeconds"));
        Assert.That(module.PlanOf(Target, "Other"), Is.Null);
    }

    [Test]
    public void the_hooks_of_a_method_come_after_those_of_its_class_and_of_the_file() =>
        Assert.That(Hooks("Adds"), Is.EqualTo(["HooksOfTheClass.Log", "HooksOfTheClass.Begin", "HooksAtTwoLevels.Begin"]));

    [Test]
    public void a_method_without_hooks_has_those_of_its_class_and_of_the_file() =>
        Assert.That(Hooks("Inherits"), Is.EqualTo(["HooksOfTheClass.Log", "HooksOfTheClass.Begin"]));

    [Test]
    public void a_method_may_keep_to_its_own_hooks() => Assert.That(Hooks("KeepsToItself"), Is.EqualTo(["HooksAtTwoLevels.Begin"]));

    [Test]
    public void a_policy_stands_behind_what_names_it()
    {
        using var module = Weave(
            """
            <Sitters MaxAttempts='9' RetryJitter='true'>
              <Policy Name='http' MaxAttempts='3' RetryDelaySeconds='2' Policy='base' />
              <Policy Name='base' RetryDelaySeconds='8' RetryBackoff='Exponential' />
              <Apply To='*.GetAsync' Policy='http' RetryDelaySeconds='1' />
            </Sitters>
            """);

        var plan = module.PlanOf(Target, "GetAsync")!;
        Assert.That(plan["RetryDelaySeconds"], Is.EqualTo("1"));
        Assert.That(plan["MaxAttempts"], Is.EqualTo("3"));
        Assert.That(plan["RetryBackoff"], Is.EqualTo("2"));
        Assert.That(plan["RetryJitter"], Is.EqualTo("1"));
    }

    [Test]
    public void a_closer_retry_member_wins_over_a_farther_shorthand()
    {
        using var module = Weave("<Sitters MaxAttempts='9' />");

        var plan = module.PlanOf("AssemblyToProcess.RetryShapes", "InstanceField")!;
        Assert.That(plan["HasRetryMember"], Is.EqualTo("1"));
        Assert.That(plan, Does.Not.ContainKey("MaxAttempts"));
    }

    [Test]
    public void a_closer_shorthand_wins_over_a_farther_retry_member()
    {
        using var module = Weave("<Sitters />");

        var plan = module.PlanOf("AssemblyToProcess.ClassWithRetry", "Shorthand")!;
        Assert.That(plan["MaxAttempts"], Is.EqualTo("2"));
        Assert.That(plan, Does.Not.ContainKey("HasRetryMember"));
    }

    [Test]
    public void a_default_cache_leaves_methods_without_a_result_alone()
    {
        using var module = Weave("<Sitters CacheSize='5' CacheScope='Shared' />");

        Assert.That(module.PlanOf("AssemblyToProcess.Plain", "Nothing"), Does.Not.ContainKey("CacheSize"));
        Assert.That(module.PlanOf("AssemblyToProcess.Plain", "Add")!["CacheSize"], Is.EqualTo("5"));
    }

    [Test]
    public void a_hook_is_not_sat_by_the_attribute_of_its_class()
    {
        using var module = Weave("<Sitters />");

        Assert.That(module.PlanOf("AssemblyToProcess.Shapes.ClassLevel", "Work"), Is.Not.Null);
        Assert.That(module.PlanOf("AssemblyToProcess.Shapes.ClassLevel", "OnStartup"), Is.Null);
    }

    /// <summary>The startup hooks of a method, in the order of their ids.</summary>
    private static IEnumerable<string> Hooks(string method)
    {
        using var module = Weave("<Sitters HooksType='AssemblyToProcess.HooksOfTheClass' StartupHooks='Log' />");
        var carrier = module.GetType("AssemblyToProcess.HooksAtTwoLevels").NestedTypes.Single(type => type.Name == $"<{method}>$call");
        var count = int.Parse(module.PlanOf("AssemblyToProcess.HooksAtTwoLevels", method)!["StartupHooks"], CultureInfo.InvariantCulture);
        return carrier.Methods.Single(candidate => candidate.Name == "Hook").Body.Instructions
            .Select(instruction => instruction.Operand)
            .OfType<MethodReference>()
            .Where(callee => callee.DeclaringType.Namespace == "AssemblyToProcess")
            .Take(count)
            .Select(callee => $"{callee.DeclaringType.Name}.{callee.Name}")
            .ToArray();
    }

    private static IReadOnlyDictionary<string, string>? Plan(string config, string type, string method)
    {
        using var module = Weave(config);
        return module.PlanOf(type, method);
    }

    private static ModuleDefinition Weave(string config, Action<ModuleDefinition>? change = null)
    {
        var woven = Weaver.Weave(Subject.Debug, config, change: change, image: _subject.Value);
        Assert.That(woven.Errors, Is.Empty);
        return woven.Read();
    }

    private static void AddToAssembly(ModuleDefinition module)
    {
        var attribute = new CustomAttribute(module.GetMemberReferences().OfType<MethodReference>()
            .First(method => method.DeclaringType.FullName == "Sitters.SitAttribute"));
        attribute.Properties.Add(new("MaxAttempts", new CustomAttributeArgument(module.TypeSystem.Int32, 5)));
        module.Assembly.CustomAttributes.Add(attribute);
    }
}
