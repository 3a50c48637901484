using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tests.Weaving.Forwarding;

/// <summary>F# marks the calls whose results a method returns: nothing may stand between the mark and its call.</summary>
internal sealed class TailCallTests : ControllerFixture
{
    [Test]
    public async Task a_call_at_the_end_of_a_method_is_given_the_token()
    {
        var assembly = Weaver.Weave(Subject.Release, change: MarkLastCall).Load();
        var tokens = new List<CancellationToken>();
        var operation = Activator.CreateInstance(
            assembly.GetType("AssemblyToProcess.Operation")!,
            (Action<string, CancellationToken>)((_, token) => tokens.Add(token)))!;
        var type = assembly.GetType("AssemblyToProcess.Forwarding")!;
        var subject = Activator.CreateInstance(type, operation, () => Task.CompletedTask);

        await ((Task)type.GetMethod("NotAsync")!.Invoke(subject, [])!).InTime();

        Assert.That(tokens.Single().CanBeCanceled, Is.True);
    }

    private static void MarkLastCall(ModuleDefinition module)
    {
        var body = module.GetType("AssemblyToProcess.Forwarding").Methods.Single(method => method.Name == "NotAsync").Body;
        var call = body.Instructions.Single(instruction => instruction.Operand is MethodReference { Name: "Overloaded" });
        Assert.That(call.Next.OpCode.Code, Is.EqualTo(Code.Ret));
        body.GetILProcessor().InsertBefore(call, Instruction.Create(OpCodes.Tail));
    }
}
