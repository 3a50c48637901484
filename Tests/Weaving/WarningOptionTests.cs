using System.Diagnostics.CodeAnalysis;
using Mono.Cecil;
using Sitters.Fody.Diagnostics;
using Sitters.Rules;

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

        Assert.That(options.IsNoWarn(KnownRules.AmbiguousDefault), Is.True);
        Assert.That(options.IsNoWarn(KnownRules.KeyWithoutEquality), Is.True);
        Assert.That(options.IsNoWarn(KnownRules.WithoutEffect), Is.False);
        Assert.That(options.SourceFile("/2/A.cs"), Is.EqualTo("/there/A.cs"));
    }

    [TestCase("[*.{cs,vb]")]
    [TestCase("[[a.cs]")]
    [TestCase("[*.cs}]")]
    [TestCase("[[z-a].cs]")]
    [TestCase("[a.cs,b.cs]")]
    [TestCase("[a.c\\]")]
    public void a_section_that_makes_no_sense_is_for_no_file(string section)
    {
        var file = File(".editorconfig", $"{section}\ndotnet_diagnostic.SIT005.severity = none\n[*.cs]\ndotnet_diagnostic.SIT010.severity = none\n");
        var config = EditorConfig.Read([file]);

        Assert.That(config.Severity(KnownRules.AmbiguousDefault, Path.Combine(_folder, "a.cs")), Is.Null);
        Assert.That(config.Severity(KnownRules.KeyWithoutEquality, Path.Combine(_folder, "a.cs")), Is.EqualTo("none"));
    }

    [TestCase("[*.cs]", "a.cs")]
    [TestCase("[*.cs]", "in/a.cs")]
    [TestCase("[*.cs] # of C#", "a.cs")]
    [TestCase("[*.{cs,vb}]", "a.vb")]
    [TestCase("[{a,b{1,2}}.cs]", "b2.cs")]
    [TestCase("[a{1..5}.cs]", "a4.cs")]
    [TestCase("[a{5..-1}.cs]", "a0.cs")]
    [TestCase("[[!b-z].cs]", "a.cs")]
    [TestCase("[a?.cs]", "a+.cs")]
    [TestCase("[a\\{.cs]", "a{.cs")]
    [TestCase("[/in/*.cs]", "in/a.cs")]
    [TestCase("[in/**.cs]", "in/deep/a.cs")]
    public void a_section_is_for_the_files_that_it_is_for_to_the_compiler(string section, string file) =>
        Assert.That(Severity($"{section}\ndotnet_diagnostic.SIT005.severity = none", file), Is.EqualTo("none"));

    [TestCase("[*.cs]", "a.vb")]
    [TestCase("[a{1..5}.cs]", "a6.cs")]
    [TestCase("[a{1..5}.cs]", "a1..5.cs")]
    [TestCase("[[!a].cs]", "a.cs")]
    [TestCase("[a.cs]", "aXcs")]
    [TestCase("[/in/*.cs]", "in/deep/a.cs")]
    [TestCase("[in/**.cs]", "out/in/a.cs")]
    [TestCase("root = false", "a.cs")]
    public void a_section_is_for_no_other_file(string section, string file) =>
        Assert.That(Severity($"{section}\ndotnet_diagnostic.SIT005.severity = none", file), Is.Null);

    [Test]
    public void a_root_hides_what_the_folders_above_say_but_no_global_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "in"));
        var config = EditorConfig.Read(
        [
            File("in/.editorconfig", "root = true # here"),
            File(".editorconfig", "[*.cs]\ndotnet_diagnostic.SIT005.severity = none"),
            File(".globalconfig", "dotnet_diagnostic.SIT005.severity = error\ndotnet_diagnostic.SIT010.severity = none ; everywhere"),
        ]);

        Assert.That(config.Severity(KnownRules.AmbiguousDefault, Path.Combine(_folder, "a.cs")), Is.EqualTo("none"));
        Assert.That(config.Severity(KnownRules.AmbiguousDefault, Path.Combine(_folder, "in/a.cs")), Is.EqualTo("error"));
        Assert.That(config.Severity(KnownRules.KeyWithoutEquality, Path.Combine(_folder, "in/a.cs")), Is.EqualTo("none"));
        Assert.That(config.Severity(KnownRules.KeyWithoutEquality, sourceFile: null), Is.EqualTo("none"));
    }

    [Test]
    public void a_section_of_a_global_file_is_for_the_file_whose_path_it_says()
    {
        var path = Path.Combine(_folder, "a.cs").Replace('\\', '/');
        var config = EditorConfig.Read([File("some.config", $"is_global = true\n[{path}]\ndotnet_diagnostic.SIT005.severity = none")]);

        Assert.That(config.Severity(KnownRules.AmbiguousDefault, path), Is.EqualTo("none"));
        Assert.That(config.Severity(KnownRules.AmbiguousDefault, Path.Combine(_folder, "b.cs")), Is.Null);
        Assert.That(config.Severity(KnownRules.AmbiguousDefault, sourceFile: null), Is.Null);
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

    private string? Severity(string editorConfig, string file) =>
        EditorConfig.Read([File(".editorconfig", editorConfig)]).Severity(KnownRules.AmbiguousDefault, Path.Combine(_folder, file));

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
        return SuppressedMessages.Suppress(KnownRules.AmbiguousDefault, member, module);
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
