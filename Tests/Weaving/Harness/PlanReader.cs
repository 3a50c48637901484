using Mono.Cecil;
using Mono.Cecil.Cil;
using Sitters.Runtime.Plans;

namespace Tests.Weaving;

/// <summary>Reads back what the weaver told the runtime of a sat method: the options of its plan, as text.</summary>
internal static class PlanReader
{
    /// <summary>Null where the method is not sat.</summary>
    public static IReadOnlyDictionary<string, string>? PlanOf(this ModuleDefinition module, string typeName, string methodName)
    {
        var type = module.GetTypes().Single(candidate => candidate.FullName == typeName);
        var carrier = type.NestedTypes.SingleOrDefault(nested => nested.Name == $"<{methodName}>$call");
        return carrier?.Methods.Single(method => method.Name == ".cctor").Body.Instructions
            .Where(instruction => instruction.Operand is MethodReference { DeclaringType.Name: nameof(PlanOptions), Name: not ".ctor" })
            .ToDictionary(Option, instruction => Constant(instruction.Previous));
    }

    private static string Option(Instruction set) => set.Operand is MethodReference { Name: nameof(PlanOptions.SetHooks) }
        ? $"{Enum.Parse<HookEvent>(Constant(set.Previous.Previous))}Hooks"
        : ((MethodReference)set.Operand).Name["set_".Length..];

    private static string Constant(Instruction instruction) => instruction.Operand is { } operand
        ? Convert.ToString(operand, System.Globalization.CultureInfo.InvariantCulture)!
        : instruction.OpCode.Name["ldc.i4.".Length..];
}
