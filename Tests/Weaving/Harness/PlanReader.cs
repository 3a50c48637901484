using Mono.Cecil;
using Mono.Cecil.Cil;

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
            .Where(instruction => instruction.Operand is MethodReference method && method.Name.StartsWith("set_", StringComparison.Ordinal))
            .ToDictionary(instruction => ((MethodReference)instruction.Operand).Name[4..], instruction => Constant(instruction.Previous));
    }

    private static string Constant(Instruction instruction) => instruction.Operand is { } operand
        ? Convert.ToString(operand, System.Globalization.CultureInfo.InvariantCulture)!
        : instruction.OpCode.Name["ldc.i4.".Length..];
}
