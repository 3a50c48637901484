using Mono.Cecil.Rocks;

namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// A sat method that is not async awaits nothing: the calls whose tasks it returns are given the token. It has no argument for its frame,
/// and asks for it when it begins.
/// </summary>
internal static class ReturnedCalls
{
    /// <param name="method">The method, before anything is put in front of its body.</param>
    /// <param name="references">What woven code refers to.</param>
    /// <param name="forward">What is to be done to the calls, once the body is simplified.</param>
    public static void Forward(MethodDefinition method, ModuleReferences references, Func<MethodForwarding> forward)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var forwarding = forward();
        foreach (var ret in body.Instructions.Where(instruction => instruction.OpCode.Code == Code.Ret))
        {
            forwarding.AddReturn(forwarding.Graph.InputsOf(ret)[0]);
        }

        if (forwarding.IsNeeded)
        {
            var frame = new VariableDefinition(references.Runtime.Frame);
            body.Variables.Add(frame);
            forwarding.Emit(() => [Instruction.Create(OpCodes.Ldloc, frame)], except: []);
            InstructionWalk.InsertBefore(
                body.Instructions[0],
                Instruction.Create(OpCodes.Call, references.Runtime.Gate.EnteredBody),
                Instruction.Create(OpCodes.Stloc, frame));
        }

        ShortForms.Give(body);
    }
}
