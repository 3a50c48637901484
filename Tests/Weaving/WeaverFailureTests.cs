using System.Reflection.PortableExecutable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tests.Weaving;

/// <summary>If the weaver fails at code that it does not understand, it says at which, and what to do: never a bare stack trace.</summary>
internal sealed class WeaverFailureTests
{
    [Test]
    public void are_errors_at_the_method_that_it_failed_at()
    {
        var error = WeaveWithBadArgument(assemblyFile: null).Errors.Single();

        Assert.That(error.Code, Is.EqualTo("SIT000"));
        Assert.That(Path.GetFileName(error.File), Is.EqualTo("Plain.cs"));
        Assert.That(error.Line, Is.Positive);
        Assert.That(
            error.Text,
            Does.StartWith("SIT000: AssemblyToProcess.Plain.Add: Sitters failed at this method, which is a defect of Sitters: "));
    }

    [Test]
    public void ask_for_a_report_and_name_a_way_round()
    {
        var text = WeaveWithBadArgument(assemblyFile: null).Errors.Single().Text;

        Assert.That(text, Does.Contain(
            "Please report it, with the code below. Until it is fixed, [Sit(Disabled = true)] leaves out a method under [Sit]"));
        Assert.That(text, Does.Not.Contain("   at "));
    }

    [Test]
    public void print_the_code_of_the_method_and_of_its_state_machine_as_they_came_in()
    {
        var output = Path.GetTempFileName();
        File.Copy(Subject.Debug.Dll, output, overwrite: true);

        var lines = WeaveWithBadArgument(output).Errors.Single().Text.Split(Environment.NewLine);

        Assert.That(lines, Has.Some.EqualTo(
            "System.Threading.Tasks.Task`1<System.Int32> AssemblyToProcess.Plain::Add(System.Int32,System.Int32)"));
        Assert.That(lines, Has.Some.Match(@"^  IL_0000: newobj .*::\.ctor\(\)$"));
        Assert.That(lines, Has.Some.Match(@"^System\.Void AssemblyToProcess\.Plain/<Add>d__\d+::MoveNext\(\)$"));
        Assert.That(lines, Has.None.Contains("Sitters.Runtime"));
    }

    [Test]
    public void in_a_damaged_body_are_told_with_what_can_be_read_of_it()
    {
        var error = Weaver.Weave(Subject.Debug, image: WithDamagedBody("<Add>d__")).Errors.Single();

        Assert.That(error.Text, Does.StartWith("SIT000: AssemblyToProcess.Plain.Add: "));
        Assert.That(error.Text, Does.Contain("MoveNext()"));
    }

    [Test]
    public void keep_no_other_diagnostic_from_being_told()
    {
        var all = Weaver.Weave(Subject.Faulty);

        var told = Weaver.Weave(
            Subject.Faulty,
            change: module => LoseStateMachine(module.GetType("AssemblyToProcess.Faulty.NotAtFault").Methods[0]));

        Assert.That(told.Errors.Count(error => error.Code == "SIT000"), Is.EqualTo(1));
        Assert.That(told.Errors.Where(error => error.Code != "SIT000"), Is.EqualTo(all.Errors));
        Assert.That(told.Warnings, Is.EqualTo(all.Warnings));
    }

    [Test]
    public void are_told_of_every_method_that_it_failed_at()
    {
        var errors = Weaver.Weave(Subject.Debug, change: module =>
        {
            AddBadArgument(module, "Add");
            AddBadArgument(module, "Double");
        }).Errors;

        Assert.That(errors.Select(error => error.Text), Has.Exactly(2).StartsWith("SIT000: AssemblyToProcess.Plain."));
    }

    [Test]
    public void weave_nothing()
    {
        var output = Path.GetTempFileName();

        var woven = WeaveWithBadArgument(output);

        Assert.That(woven.Messages[^1], Is.EqualTo(new Message("failure", "Sitters wove nothing: 1 error above.", null, 0)));
        Assert.That(File.Exists(output), Is.False);
    }

    private static Woven WeaveWithBadArgument(string? assemblyFile) =>
        Weaver.Weave(Subject.Debug, assemblyFile: assemblyFile, change: module => AddBadArgument(module, "Add"));

    /// <summary>An operand that no compiler writes: it is no parameter of the method.</summary>
    private static void AddBadArgument(ModuleDefinition module, string method) =>
        module.GetType("AssemblyToProcess.Plain").Methods.Single(candidate => candidate.Name == method)
            .Body.Instructions.Insert(0, Instruction.Create(OpCodes.Ldarg, new ParameterDefinition(module.TypeSystem.Int32)));

    /// <summary>A state machine that can't be looked up.</summary>
    private static void LoseStateMachine(MethodDefinition method)
    {
        var constructor = typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute).GetConstructor([typeof(Type)]);
        var attribute = new CustomAttribute(method.Module.ImportReference(constructor));
        var lost = new TypeReference("", "Lost", null, null);
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(method.Module.ImportReference(typeof(Type)), lost));
        method.CustomAttributes.Add(attribute);
    }

    /// <summary>The first instruction of a state machine's body loads an argument that the method does not have.</summary>
    private static Woven WithDamagedBody(string machine)
    {
        const int HeaderSize = 12;

        var image = Woven.Before(Subject.Debug);
        using var module = image.Read();
        var address = module.GetType("AssemblyToProcess.Plain").NestedTypes
            .Single(type => type.Name.StartsWith(machine, StringComparison.Ordinal))
            .Methods.Single(method => method.Name == "MoveNext").RVA;
        var headers = new PEHeaders(new MemoryStream(image.Dll));
        var section = headers.SectionHeaders[headers.GetContainingSectionIndex(address)];
        var code = address - section.VirtualAddress + section.PointerToRawData + HeaderSize;
        image.Dll[code] = (byte)OpCodes.Ldarg_S.Value;
        image.Dll[code + 1] = 200;
        return image;
    }
}
