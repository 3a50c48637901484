using Mono.Cecil;
using Mono.Cecil.Cil;
using Sitters.Fody.Rewriting.Forwarding;

namespace Tests.Weaving.Forwarding;

/// <summary>The searches for what is awaited take no longer for each await of a big method than for one of a small method.</summary>
internal sealed class SearchTests
{
    private const int Few = 50;
    private const int Times = 8;

    [Test]
    public void a_method_of_many_combined_awaits_takes_work_in_proportion()
    {
        Measure(Few);

        Assert.That(Measure(Few * Times), Is.LessThan(2 * Times * Measure(Few)));
    }

    [Test]
    public void an_array_that_stays_says_nothing_of_others_in_the_same_local()
    {
        var (body, calls) = Build(count: 2, kept: 0);
        var graph = new ValueGraph(body, machine: null);
        var whereabouts = new Whereabouts(graph, new Generations(graph));

        Assert.That(
            calls.Select(call => whereabouts.StaysHere(graph.ResultOf(call)!, mayReturn: false)),
            Is.EqualTo([false, false, true, true]));
    }

    [Test]
    public void an_array_that_is_filled_in_a_loop_may_be_any_of_those_in_its_local()
    {
        var (body, calls) = Build(count: 2, kept: 0);
        var inFirst = body.Instructions.First(instruction => instruction.Operand is MethodReference { Name: "InlineArrayElementRef" }).Previous.Previous;
        body.Instructions.Insert(body.Instructions.Count - 1, Instruction.Create(OpCodes.Ldc_I4_0));
        body.Instructions.Insert(body.Instructions.Count - 1, Instruction.Create(OpCodes.Brtrue, inFirst));
        var graph = new ValueGraph(body, machine: null);
        var whereabouts = new Whereabouts(graph, new Generations(graph));

        Assert.That(
            calls.Select(call => whereabouts.StaysHere(graph.ResultOf(call)!, mayReturn: false)),
            Is.All.False);
    }

    /// <summary>What is allocated is a measure of the steps that does not depend on the machine.</summary>
    private static long Measure(int count)
    {
        var (body, calls) = Build(count, kept: -1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var graph = new ValueGraph(body, machine: null);
        var generations = new Generations(graph);
        var awaited = new AwaitedValue(graph, generations);
        var whereabouts = new Whereabouts(graph, generations);
        foreach (var combined in body.Instructions.Where(instruction => instruction.Operand is MethodReference { Name: "WhenAll" }))
        {
            Assert.That(awaited.Calls(graph.ResultOf(combined)!), Has.Count.EqualTo(4));
        }

        Assert.That(calls, Has.All.Matches<Instruction>(call => whereabouts.StaysHere(graph.ResultOf(call!)!, mayReturn: false)));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>As compilers emit a number of <c>await Task.WhenAll(A(), A())</c>: all through the same local.</summary>
    private static (MethodBody Body, Instruction[] Calls) Build(int count, int kept)
    {
        using var module = ModuleDefinition.CreateModule("Many", ModuleKind.Dll);
        var task = new TypeReference("System.Threading.Tasks", "Task", module, module.TypeSystem.CoreLibrary);
        var buffer = new TypeReference("", "<>y__InlineArray2", module, module, valueType: true);
        var method = new MethodDefinition("Many", MethodAttributes.Static, module.TypeSystem.Void);
        var local = new VariableDefinition(buffer);
        var field = new FieldReference("Kept", task, new TypeReference("", "User", module, module));
        method.Body.Variables.Add(local);
        var il = method.Body.GetILProcessor();
        for (var index = 0; index < count; index++)
        {
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Initobj, buffer);
            for (var element = 0; element < 2; element++)
            {
                il.Emit(OpCodes.Ldloca, local);
                il.Emit(OpCodes.Ldc_I4, element);
                il.Emit(OpCodes.Call, Method("InlineArrayElementRef", new ByReferenceType(task), new ByReferenceType(buffer), module.TypeSystem.Int32));
                il.Emit(OpCodes.Call, Method("A", task));
                il.Emit(OpCodes.Stind_Ref);
            }

            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, Method("InlineArrayAsReadOnlySpan", buffer, new ByReferenceType(buffer)));
            il.Emit(OpCodes.Call, Method("WhenAll", task, buffer));
            if (index == kept)
            {
                il.Emit(OpCodes.Stsfld, field);
            }
            else
            {
                il.Emit(OpCodes.Pop);
            }
        }

        il.Emit(OpCodes.Ret);
        return (method.Body, [.. method.Body.Instructions.Where(instruction => instruction.Operand is MethodReference { Name: "A" })]);

        MethodReference Method(string name, TypeReference result, params TypeReference[] parameters)
        {
            var reference = new MethodReference(name, result, task);
            foreach (var parameter in parameters)
            {
                reference.Parameters.Add(new ParameterDefinition(parameter));
            }

            return reference;
        }
    }
}
