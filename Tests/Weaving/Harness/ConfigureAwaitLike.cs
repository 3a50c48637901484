using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Tests.Weaving;

/// <summary>
/// Another weaver, of the kind that there is most: it puts <c>ConfigureAwait(false)</c> on each awaited task, by changing the type of
/// the awaiter wherever it finds it in the state machine.
/// </summary>
internal static class ConfigureAwaitLike
{
    public static void Weave(ModuleDefinition module)
    {
        var types = new Types(module);
        foreach (var machine in module.GetTypes().SelectMany(type => type.Methods).Select(MachineOf).OfType<TypeDefinition>())
        {
            foreach (var field in machine.Fields)
            {
                field.FieldType = types.Configured(field.FieldType);
            }

            Configure(machine.Methods.Single(method => method.Name == "MoveNext").Body, types);
        }
    }

    private static TypeDefinition? MachineOf(MethodDefinition method) => (method.CustomAttributes
        .FirstOrDefault(attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute")?.ConstructorArguments[0].Value as TypeReference)?.Resolve();

    private static void Configure(MethodBody body, Types types)
    {
        body.SimplifyMacros();
        var il = body.GetILProcessor();
        foreach (var variable in body.Variables)
        {
            variable.VariableType = types.Configured(variable.VariableType);
        }

        foreach (var instruction in body.Instructions.ToArray())
        {
            switch (instruction.Operand)
            {
                case MethodReference { Name: "GetAwaiter" } called when Types.IsTask(called.DeclaringType):
                    var awaitable = new VariableDefinition(types.Awaitable(called.DeclaringType));
                    body.Variables.Add(awaitable);
                    Instruction[] configured =
                    [
                        il.Create(OpCodes.Callvirt, types.ConfigureAwait(called.DeclaringType)),
                        il.Create(OpCodes.Stloc, awaitable),
                        il.Create(OpCodes.Ldloca, awaitable),
                        il.Create(OpCodes.Call, new MethodReference("GetAwaiter", types.OpenAwaiter(called.DeclaringType), awaitable.VariableType) { HasThis = true }),
                    ];

                    // What was there stays the first, as branches may lead to it.
                    instruction.OpCode = OpCodes.Ldc_I4_0;
                    instruction.Operand = null;
                    foreach (var next in configured.Reverse())
                    {
                        il.InsertAfter(instruction, next);
                    }

                    break;
                case GenericInstanceMethod { Name: "AwaitUnsafeOnCompleted" } suspension:
                    for (var index = 0; index < suspension.GenericArguments.Count; index++)
                    {
                        suspension.GenericArguments[index] = types.Configured(suspension.GenericArguments[index]);
                    }

                    break;
                case MethodReference { HasThis: true } called when Types.IsAwaiter(called.DeclaringType):
                    instruction.Operand = new MethodReference(called.Name, called.ReturnType, types.Configured(called.DeclaringType)) { HasThis = true };
                    break;
                case TypeReference type:
                    instruction.Operand = types.Configured(type);
                    break;
                case FieldReference field:
                    field.FieldType = types.Configured(field.FieldType);
                    break;
            }
        }

        body.OptimizeMacros();
    }

    private sealed class Types(ModuleDefinition module)
    {
        private const string Services = "System.Runtime.CompilerServices";
        private readonly IMetadataScope _runtime = module.AssemblyReferences.Single(reference => reference.Name == "System.Runtime");

        public static bool IsTask(TypeReference type) => type.GetElementType().FullName is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1";

        public static bool IsAwaiter(TypeReference type) => type.GetElementType().FullName is $"{Services}.TaskAwaiter" or $"{Services}.TaskAwaiter`1";

        public TypeReference Configured(TypeReference type) => !IsAwaiter(type)
            ? type
            : Instance(AwaiterOf(type.GetElementType().Name.EndsWith("`1", StringComparison.Ordinal)), type);

        public TypeReference Awaitable(TypeReference task) => Instance(AwaitableOf(task is GenericInstanceType), task);

        /// <summary>The awaiter as the awaitable's own method names it, by the awaitable's type parameter.</summary>
        public TypeReference OpenAwaiter(TypeReference task)
        {
            var awaitable = AwaitableOf(task is GenericInstanceType);
            var awaiter = AwaiterOf(task is GenericInstanceType);
            return task is GenericInstanceType ? awaiter.MakeGenericInstanceType(awaitable.GenericParameters[0]) : awaiter;
        }

        public MethodReference ConfigureAwait(TypeReference task)
        {
            var awaitable = AwaitableOf(task is GenericInstanceType);
            var result = task is GenericInstanceType generic ? (TypeReference)awaitable.MakeGenericInstanceType(generic.ElementType.GenericParameters[0]) : awaitable;
            return new MethodReference("ConfigureAwait", result, task) { HasThis = true, Parameters = { new ParameterDefinition(module.TypeSystem.Boolean) } };
        }

        private static TypeReference Instance(TypeReference open, TypeReference like) =>
            like is GenericInstanceType instance ? open.MakeGenericInstanceType([.. instance.GenericArguments]) : open;

        private TypeReference AwaitableOf(bool isGeneric)
        {
            var type = new TypeReference(Services, isGeneric ? "ConfiguredTaskAwaitable`1" : "ConfiguredTaskAwaitable", module, _runtime, valueType: true);
            if (isGeneric)
            {
                type.GenericParameters.Add(new GenericParameter(type));
            }

            return type;
        }

        private TypeReference AwaiterOf(bool isGeneric)
        {
            var awaiter = new TypeReference("", "ConfiguredTaskAwaiter", module, _runtime, valueType: true) { DeclaringType = AwaitableOf(isGeneric) };
            if (isGeneric)
            {
                awaiter.GenericParameters.Add(new GenericParameter(awaiter));
            }

            return awaiter;
        }
    }
}
