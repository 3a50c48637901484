using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Tests.Interleavings.Rewriting;

/// <summary>A defect that is put into the runtime before it is rewritten. It fails where what it changes is no longer there.</summary>
internal static class Mutation
{
    /// <summary>A call is left out; what it would have returned is false or null.</summary>
    /// <param name="method">The method, as Type.Name.</param>
    /// <param name="called">The name of what it calls.</param>
    /// <param name="index">Which of these calls in that method.</param>
    public static Action<IReadOnlyList<ModuleDefinition>> Drop(string method, string called, int index = 0) => modules =>
    {
        var body = Find(modules, method).Body;
        body.SimplifyMacros();
        var call = Call(body, called, index);
        var target = (MethodReference)call.Operand;
        var arguments = target.Parameters.Count + (target.HasThis ? 1 : 0);
        Instruction[] result = target.ReturnType.MetadataType switch
        {
            MetadataType.Void => [],
            MetadataType.Boolean or MetadataType.Int32 => [Instruction.Create(OpCodes.Ldc_I4_0)],
            _ => [Instruction.Create(OpCodes.Ldnull)],
        };
        Replace(body, call, [.. Enumerable.Range(0, arguments).Select(_ => Instruction.Create(OpCodes.Pop)), .. result]);
    };

    /// <summary>The locks of a method are not taken.</summary>
    public static Action<IReadOnlyList<ModuleDefinition>> Unlock(string method) => Drop(method, "Enter");

    private static MethodDefinition Find(IReadOnlyList<ModuleDefinition> modules, string method)
    {
        var (type, name) = (method[..method.LastIndexOf('.')], method[(method.LastIndexOf('.') + 1)..]);
        return modules.SelectMany(module => module.GetTypes())
            .Single(candidate => candidate.Name.Split('`')[0] == type)
            .Methods.Where(candidate => candidate.Name == name && candidate.HasBody)
            .MaxBy(candidate => candidate.Body.Instructions.Count)
            ?? throw new InvalidOperationException($"There is no {method} any more.");
    }

    private static Instruction Call(MethodBody body, string called, int index) =>
        body.Instructions
            .Where(instruction => instruction.OpCode.Code is Code.Call or Code.Callvirt && ((MethodReference)instruction.Operand).Name == called)
            .ElementAtOrDefault(index)
            ?? throw new InvalidOperationException($"{body.Method} does not call {called} so often any more.");

    private static void Replace(MethodBody body, Instruction call, Instruction[] instead)
    {
        var code = body.GetILProcessor();
        var at = call;
        foreach (var instruction in instead)
        {
            code.InsertAfter(at, instruction);
            at = instruction;
        }

        // Branches to it stay valid.
        call.OpCode = OpCodes.Nop;
        call.Operand = null;
        body.OptimizeMacros();
    }
}
