using Mono.Cecil;
using Mono.Cecil.Cil;
using Sitters.Runtime.Gating;

namespace Tests.Weaving;

/// <summary>What no single run would show: that no way through a woven body passes an insertion by, or enters it in the middle.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class StructureTests
{
    private static readonly Subject[] _subjects = [Subject.Debug, Subject.Release];

    [TestCaseSource(nameof(_subjects))]
    public void every_await_is_gated_at_three_places(Subject subject)
    {
        using var module = Weaver.Weave(subject).Read();
        var machines = GatedMachines(module).ToArray();

        Assert.That(machines, Has.Length.GreaterThan(100));
        foreach (var moveNext in machines)
        {
            var suspensions = Calls(moveNext, IsSuspension).Count() - GatedSuspensions(moveNext).Count();
            var gated = GatedSuspensions(moveNext).Count();
            Assert.That(Calls(moveNext, IsQuestion).Count(), Is.EqualTo(gated), moveNext.FullName);
            Assert.That(Calls(moveNext, name => name == "BeforeResult").Count(), Is.EqualTo(gated), moveNext.FullName);

            // An await of a dynamic value suspends in one of two ways, neither of them gated.
            var ungated = suspensions - gated;
            var isDynamic = moveNext.DeclaringType.Name.Contains("Dynamic", StringComparison.Ordinal);
            Assert.That(ungated, isDynamic ? Is.GreaterThan(0) : Is.Zero, moveNext.FullName);
        }
    }

    [TestCaseSource(nameof(_subjects))]
    public void nothing_leads_into_the_middle_of_an_insertion(Subject subject)
    {
        using var module = Weaver.Weave(subject).Read();

        var found = GatedMachines(module).SelectMany(moveNext =>
        {
            var inner = Insertions(moveNext.Body).SelectMany(insertion => insertion.Skip(1)).ToHashSet();
            return Targets(moveNext.Body).Concat(PointsOf(moveNext))
                .Where(inner.Contains)
                .Select(target => $"{moveNext.FullName}: {target}");
        });

        Assert.That(found, Is.Empty);
    }

    [TestCaseSource(nameof(_subjects))]
    public void only_who_has_not_suspended_passes_the_question_before_the_result_by(Subject subject)
    {
        using var module = Weaver.Weave(subject).Read();

        var found = GatedMachines(module).SelectMany(moveNext =>
        {
            var behind = Calls(moveNext, name => name == "BeforeResult").Select(call => call.Next).ToHashSet();
            return moveNext.Body.Instructions
                .Where(branch => branch.Operand is Instruction target && behind.Contains(target) && !AsksIsCompleted(branch.Previous))
                .Concat(moveNext.Body.Instructions.Where(branch => branch.Operand is Instruction[] targets && targets.Any(behind.Contains)))
                .Select(branch => $"{moveNext.FullName}: {branch}");
        });

        Assert.That(found, Is.Empty);
    }

    [TestCaseSource(nameof(_subjects))]
    public void a_handler_begins_and_ends_outside_of_insertions(Subject subject)
    {
        using var module = Weaver.Weave(subject).Read();

        var found = GatedMachines(module).SelectMany(moveNext =>
        {
            var inner = Insertions(moveNext.Body).SelectMany(insertion => insertion.Skip(1)).ToHashSet();
            return moveNext.Body.ExceptionHandlers
                .SelectMany(each => new[] { each.TryStart, each.TryEnd, each.HandlerStart, each.HandlerEnd, each.FilterStart })
                .Where(boundary => boundary is not null && inner.Contains(boundary))
                .Select(boundary => $"{moveNext.FullName}: {boundary}");
        });

        Assert.That(found, Is.Empty);
    }

    [TestCaseSource(nameof(_subjects))]
    public void a_state_machine_belongs_to_the_method_that_starts_it(Subject subject)
    {
        using var module = Weaver.Weave(subject).Read();

        foreach (var moveNext in GatedMachines(module))
        {
            var kickoff = moveNext.DebugInformation.StateMachineKickOffMethod;
            var starts = IsIterator(moveNext.DeclaringType)
                ? Calls(kickoff, name => name == ".ctor")
                    .Where(call => Made(call).FullName == moveNext.DeclaringType.FullName)
                : Calls(kickoff, name => name == "Start");
            Assert.That(starts.Count(), Is.EqualTo(1), moveNext.FullName);
        }
    }

    [TestCaseSource(nameof(_subjects))]
    public void each_step_of_an_iterator_enters_and_leaves(Subject subject)
    {
        using var module = Weaver.Weave(subject).Read();
        var steps = GatedMachines(module).Select(moveNext => moveNext.DeclaringType).Where(IsIterator)
            .SelectMany(type => type.Methods).Where(method => Calls(method, name => name == "MoveNext").Any()).ToList();

        Assert.That(steps.Select(method => method.Name.Split('.')[^1]).Distinct(), Is.EquivalentTo(["MoveNextAsync", "DisposeAsync"]));
        foreach (var step in steps)
        {
            Assert.That(
                Calls(step, name => name is "EnterStep" or "MoveNext" or "LeaveStep").Select(call => ((MethodReference)call.Operand).Name),
                Is.EqualTo(["EnterStep", "MoveNext", "LeaveStep"]),
                step.FullName);
        }
    }

    [TestCaseSource(nameof(_subjects))]
    public void references_are_those_of_a_build(Subject subject)
    {
        using var module = Weaver.Weave(subject).Read();
        using var built = ModuleDefinition.ReadModule(typeof(AssemblyToProcess.Plain).Assembly.Location);

        var names = module.AssemblyReferences.Select(reference => reference.Name).ToArray();
        Assert.That(names, Is.Unique);
        Assert.That(names, Is.EquivalentTo(built.AssemblyReferences.Select(reference => reference.Name)));
        Assert.That(names, Does.Not.Contain("System.Private.CoreLib"));
    }

    [TestCaseSource(nameof(_subjects))]
    public void an_await_captures_its_context_unless_it_is_configured_not_to(Subject subject)
    {
        using var module = Weaver.Weave(subject).Read();
        var moveNext = GatedMachines(module)
            .Single(method => method.DeclaringType.Name.StartsWith("<Configures>", StringComparison.Ordinal));

        var captures = GatedSuspensions(moveNext).Select(suspension =>
            IsAskedAtRunTime(suspension) ? "at run time" : $"{(TraitsOf(suspension) & AwaitTraits.CapturesContext) != 0}");

        Assert.That(captures, Is.EqualTo(["True", "False", "True", "True", "False", "True", "False", "at run time", "at run time"]));
    }

    [TestCaseSource(nameof(_subjects))]
    public void nothing_public_is_added(Subject subject)
    {
        using var unwoven = Woven.Before(subject).Read();
        using var woven = Weaver.Weave(subject).Read();

        Assert.That(Visible(woven), Is.EqualTo(Visible(unwoven)));
    }

    private static IEnumerable<MethodDefinition> GatedMachines(ModuleDefinition module) => module.GetTypes()
        .Where(type => type.Fields.Any(field => field.Name == "<>frame"))
        .Select(type => type.Methods.Single(method => method.Name == "MoveNext"));

    private static bool AsksIsCompleted(Instruction instruction) =>
        IsCallOfGate(instruction) && IsQuestion(((MethodReference)instruction.Operand).Name);

    private static bool IsQuestion(string name) => name is "IsCompleted" or "IsCompletedFound" or "IsCompletedCleanup";

    private static bool IsCallOfGate(Instruction instruction) =>
        instruction.Operand is MethodReference { DeclaringType.FullName: "Sitters.Runtime.CompilerServices.Gate" };

    private static TypeReference Made(Instruction call) => ((MethodReference)call.Operand).DeclaringType.GetElementType();

    private static bool IsSuspension(string name) => name is "AwaitUnsafeOnCompleted" or "AwaitOnCompleted";

    private static IEnumerable<Instruction> GatedSuspensions(MethodDefinition moveNext) => Calls(moveNext, IsSuspension)
        .Where(call => ((MethodReference)call.Operand).DeclaringType.GetElementType() == moveNext.DeclaringType);

    private static bool IsAskedAtRunTime(Instruction suspension) => suspension.Previous.OpCode.Code == Code.Or;

    private static AwaitTraits TraitsOf(Instruction suspension) =>
        (AwaitTraits)((int)suspension.Previous.Operand & 0xff);

    private static bool IsIterator(TypeDefinition machine) =>
        machine.Interfaces.Select(implementation => implementation.InterfaceType.FullName)
            .Any(name => name.StartsWith("System.Collections.Generic.IAsyncEnumerator", StringComparison.Ordinal));

    private static IEnumerable<Instruction> Calls(MethodDefinition method, Func<string, bool> isWanted) =>
        method.Body.Instructions.Where(instruction => instruction.Operand is MethodReference called && isWanted(called.Name));

    /// <summary>Each run of instructions up to a call of the gate, from the load of the frame (or of the awaiter, before a result).</summary>
    private static IEnumerable<Instruction[]> Insertions(MethodBody body)
    {
        foreach (var call in body.Instructions.Where(IsCallOfGate))
        {
            var length = ((MethodReference)call.Operand).Name switch
            {
                "IsCompleted" or "IsCompletedFound" or "IsCompletedCleanup" or "BeforeCall" or "HasToken" or "Token" => 3,
                "BeforeResult" => 4,
                "Faulted" => 4,
                _ => 1,
            };
            var insertion = new List<Instruction>();
            for (var instruction = call; insertion.Count < length; instruction = instruction.Previous)
            {
                insertion.Insert(0, instruction);
            }

            // Behind the question comes what the insertion was made for.
            if (AsksIsCompleted(call))
            {
                insertion.Add(call.Next);
            }

            yield return [.. insertion];
        }
    }

    private static IEnumerable<Instruction> Targets(MethodBody body) => body.Instructions.SelectMany(instruction => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => Enumerable.Empty<Instruction>(),
    });

    private static IEnumerable<Instruction> PointsOf(MethodDefinition method) => method.DebugInformation.SequencePoints
        .Select(point => method.Body.Instructions.First(instruction => instruction.Offset == point.Offset));

    private static IEnumerable<string> Visible(ModuleDefinition module) => module.GetTypes()
        .Where(type => type.IsPublic || type.IsNestedPublic || type.IsNestedFamily)
        .SelectMany(type => type.Methods.Cast<IMemberDefinition>().Concat(type.Fields).Concat(type.Properties).Append(type))
        .Where(member => member is MethodDefinition { IsPublic: true } or MethodDefinition { IsFamily: true } or FieldDefinition { IsPublic: true }
            or FieldDefinition { IsFamily: true } or PropertyDefinition or TypeDefinition)
        .Select(member => member.FullName)
        .Order();
}
