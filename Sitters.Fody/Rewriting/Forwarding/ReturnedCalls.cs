using Mono.Cecil.Rocks;

namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// A method that is not async awaits nothing: the calls whose tasks it returns are given the token. It has no argument for its frame, and
/// asks for it when it begins.
/// </summary>
internal static class ReturnedCalls
{
    /// <param name="method">The method, before anything is put in front of its body.</param>
    /// <param name="references">What woven code refers to.</param>
    /// <param name="frame">What the method asks for its frame.</param>
    /// <param name="forward">What is to be done to the calls, once the body is simplified.</param>
    /// <returns>Whether what it returns has a token, of ours or of the user's.</returns>
    public static bool Forward(
        MethodDefinition method,
        ModuleReferences references,
        MethodReference frame,
        Func<MethodForwarding> forward)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var forwarding = forward();
        var hasToken = false;
        foreach (var ret in body.Instructions.Where(instruction => instruction.OpCode.Code == Code.Ret))
        {
            // Nothing is returned where nothing leads to.
            if (forwarding.Graph.InputsOf(ret) is { Count: > 0 } returned)
            {
                hasToken |= forwarding.AddReturn(returned[0]);
            }
        }

        if (forwarding.IsNeeded)
        {
            var local = new VariableDefinition(references.Runtime.Frame);
            body.Variables.Add(local);
            forwarding.Emit(() => [Instruction.Create(OpCodes.Ldloc, local)], except: []);
            var start = body.Instructions[0];
            var ask = Instruction.Create(OpCodes.Call, frame);
            InstructionWalk.InsertBefore(start, ask, Instruction.Create(OpCodes.Stloc, local));
            SequencePoints.Hide(method, ask, start);
        }

        ShortForms.Give(body);
        return hasToken;
    }
}
