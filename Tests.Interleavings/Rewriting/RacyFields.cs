using Mono.Cecil;

namespace Tests.Interleavings.Rewriting;

/// <summary>
/// The fields by which threads meet without a lock: those that are volatile, or are accessed anywhere by Volatile or Interlocked. Every access
/// to them is a scheduling point, also the plain ones. So are those of a lock that a defect leaves out.
/// </summary>
internal sealed class RacyFields
{
    private readonly HashSet<string> _names = [];

    public RacyFields(IReadOnlyList<ModuleDefinition> modules)
    {
        foreach (var type in modules.SelectMany(module => module.GetTypes()))
        {
            _names.UnionWith(type.Fields.Where(field => IsVolatile(field) || IsUnguarded(field)).Select(NameOf));
            foreach (var method in type.Methods.Where(method => method.HasBody))
            {
                _names.UnionWith(AccessedBy(method));
            }
        }
    }

    public static string NameOf(FieldReference field) => $"{field.DeclaringType.GetElementType().FullName}.{field.Name}";

    /// <summary>It accesses a field by its address, in a way that other threads see; or it is a fence.</summary>
    public static bool Synchronises(MethodReference called) =>
        called.DeclaringType.FullName is "System.Threading.Volatile" or "System.Threading.Interlocked"
        || (called.DeclaringType.FullName == "System.Threading.Thread" && called.Name == "MemoryBarrier");

    public bool Contains(FieldReference field) => _names.Contains(NameOf(field));

    private static bool IsVolatile(FieldDefinition field) =>
        field.FieldType is RequiredModifierType { ModifierType.FullName: "System.Runtime.CompilerServices.IsVolatile" };

    private static bool IsUnguarded(FieldDefinition field) =>
        field.CustomAttributes.Any(attribute => attribute.AttributeType.Name == nameof(UnguardedAttribute));

    private static IEnumerable<string> AccessedBy(MethodDefinition method)
    {
        var code = new MethodCode(method.Body);
        return from instruction in method.Body.Instructions
               where instruction.Operand is MethodReference called && Synchronises(called) && called.HasParameters
               let address = code.FindFirstArgument(instruction)
               where address is not null
               select NameOf((FieldReference)address.Operand);
    }
}
