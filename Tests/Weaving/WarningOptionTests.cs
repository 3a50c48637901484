using System.Diagnostics.CodeAnalysis;
using Mono.Cecil;
using Sitters.Fody.Diagnostics;

namespace Tests.Weaving;

/// <summary>Where a project says what becomes of a warning.</summary>
internal sealed class WarningOptionTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("sitters-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void a_list_may_go_over_several_lines()
    {
        var options = BuildOptions.Read(File("options", "NoWarn=1591;\n      SIT005\n      SIT010;A=B\nPathMap=/here=/_/,\n  /there=/2/\n"));

        Assert.That(options.IsNoWarn(Rules.AmbiguousDefault), Is.True);
        Assert.That(options.IsNoWarn(Rules.KeyWithoutEquality), Is.True);
        Assert.That(options.IsNoWarn(Rules.WithoutEffect), Is.False);
        Assert.That(options.SourceFile("/2/A.cs"), Is.EqualTo("/there/A.cs"));
    }

    [TestCase("[*.{cs,vb]")]
    [TestCase("[[a.cs]")]
    [TestCase("[*.cs}]")]
    [TestCase("[[z-a].cs]")]
    public void a_section_that_makes_no_sense_is_for_no_file(string section)
    {
        var file = File(".editorconfig", $"{section}\ndotnet_diagnostic.SIT005.severity = none\n[*.cs]\ndotnet_diagnostic.SIT010.severity = none\n");
        var config = EditorConfig.Read([file]);

        Assert.That(config.Severity(Rules.AmbiguousDefault, Path.Combine(_folder, "a.cs")), Is.Null);
        Assert.That(config.Severity(Rules.KeyWithoutEquality, Path.Combine(_folder, "a.cs")), Is.EqualTo("none"));
    }

    [TestCase("member", "~M:AssemblyToProcess.Operation.Overloaded(System.Int32)", "AssemblyToProcess.Operation", "Overloaded")]
    [TestCase("member", "AssemblyToProcess.Operation.#Overloaded(System.Int32)", "AssemblyToProcess.Operation", "Overloaded")]
    [TestCase("member", "~M:AssemblyToProcess.Operation.Generic``2(``0,System.Collections.Generic.List{``1})", "AssemblyToProcess.Operation", "Generic")]
    [TestCase("member", "~M:AssemblyToProcess.GenericOperation`1.Overloaded(`0)", "AssemblyToProcess.GenericOperation`1", "Overloaded")]
    [TestCase("member", "~M:AssemblyToProcess.Operation.#ctor(System.Action)", "AssemblyToProcess.Operation", ".ctor")]
    [TestCase("member", "~P:AssemblyToProcess.Operation.IsFirst", "AssemblyToProcess.Operation", "get_IsFirst")]
    [TestCase("type", "~T:AssemblyToProcess.GenericOperation`1", "AssemblyToProcess.GenericOperation`1", "Overloaded")]
    [TestCase("namespace", "~N:AssemblyToProcess", "AssemblyToProcess.Forwarding/<HelperOfAll>d__*", "MoveNext")]
    [TestCase("namespaceanddescendants", "~N:AssemblyToProcess", "AssemblyToProcess.Operation", "Overloaded")]
    public void an_attribute_of_the_assembly_names_what_it_is_for(string scope, string target, string type, string method) =>
        Assert.That(IsSuppressed(scope, target, type, method), Is.True);

    [TestCase("member", "~M:AssemblyToProcess.GenericOperation.Overloaded(System.Int32)", "AssemblyToProcess.GenericOperation`1", "Overloaded")]
    [TestCase("member", "~M:AssemblyToProcess.Operation.Over(System.Int32)", "AssemblyToProcess.Operation", "Overloaded")]
    [TestCase("type", "~T:AssemblyToProcess.Generic", "AssemblyToProcess.GenericOperation`1", "Overloaded")]
    [TestCase("namespace", "~N:Assembly", "AssemblyToProcess.Operation", "Overloaded")]
    [TestCase("namespaceanddescendants", "~N:Assembly", "AssemblyToProcess.Operation", "Overloaded")]
    public void an_attribute_of_the_assembly_is_for_nothing_else(string scope, string target, string type, string method) =>
        Assert.That(IsSuppressed(scope, target, type, method), Is.False);

    private static bool IsSuppressed(string scope, string target, string type, string method)
    {
        using var module = Woven.Before(Subject.Release).Read();
        var attribute = new CustomAttribute(module.ImportReference(typeof(SuppressMessageAttribute).GetConstructor([typeof(string), typeof(string)])));
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(module.TypeSystem.String, "Sitters"));
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(module.TypeSystem.String, "SIT005:ReturnDefault"));
        attribute.Properties.Add(new CustomAttributeNamedArgument("Scope", new CustomAttributeArgument(module.TypeSystem.String, scope)));
        attribute.Properties.Add(new CustomAttributeNamedArgument("Target", new CustomAttributeArgument(module.TypeSystem.String, target)));
        module.Assembly.CustomAttributes.Add(attribute);
        var member = module.GetTypes()
            .First(candidate => type[^1] == '*' ? candidate.FullName.StartsWith(type[..^1], StringComparison.Ordinal) : candidate.FullName == type)
            .Methods.First(candidate => candidate.Name == method);
        return SuppressedMessages.Suppress(Rules.AmbiguousDefault, member, module);
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
