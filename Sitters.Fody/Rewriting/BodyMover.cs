namespace Sitters.Fody.Rewriting;

/// <summary>
/// Moves the body of an async sat method to a private method beside it. The definition stays where it is, because callers, overrides
/// and interfaces refer to it.
/// </summary>
internal static class BodyMover
{
    public static MethodDefinition Move(MethodDefinition method, StateMachine? machine, ModuleReferences references)
    {
        var moved = Declare(method, machine, references);
        MoveCode(method, moved);
        MoveDebugInformation(method, moved);
        if (machine is not null)
        {
            machine.MoveNext.DebugInformation.StateMachineKickOffMethod = moved;
        }

        // With this flag the runtime would take the forwarder, which returns a task, for a body to suspend.
        method.ImplAttributes &= ~AsyncBodies.RuntimeAsync;
        return moved;
    }

    private static MethodDefinition Declare(MethodDefinition method, StateMachine? machine, ModuleReferences references)
    {
        var type = method.DeclaringType;
        var moved = new MethodDefinition(
            GeneratedNames.ForMethod(type, $"<{method.Name}>$sat"),
            MethodAttributes.Private | MethodAttributes.HideBySig | (method.Attributes & MethodAttributes.Static),
            method.ReturnType)
        {
            // Without a state machine the method itself is the frame that stack traces show.
            ImplAttributes = method.ImplAttributes | (machine is null ? MethodImplAttributes.NoInlining : 0),
            HasThis = method.HasThis,
        };
        type.Methods.Add(moved);

        GenericParameters.Declare(method.GenericParameters, moved);
        var own = new GenericArguments([.. type.GenericParameters], [.. moved.GenericParameters]);
        GenericParameters.Constrain(method.GenericParameters, moved.GenericParameters, own);
        moved.ReturnType = own.In(method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            var copy = new ParameterDefinition(parameter.Name, ParameterAttributes.None, own.In(parameter.ParameterType));
            TrimmerAttributes.CopyNeeds(parameter, copy);
            moved.Parameters.Add(copy);
        }

        moved.Parameters.Add(new ParameterDefinition("frame", ParameterAttributes.None, references.Runtime.Frame));
        moved.CustomAttributes.Add(references.Attribute("System.Runtime.CompilerServices.CompilerGeneratedAttribute"));
        TrimmerAttributes.CopyBody(method, moved);
        return moved;
    }

    /// <summary>
    /// The instructions themselves move, with the branches, handlers and symbols that refer to them. A generic parameter of the method
    /// keeps its position: the new method declares the same ones.
    /// </summary>
    private static void MoveCode(MethodDefinition method, MethodDefinition moved)
    {
        var from = method.Body;
        var to = moved.Body = new MethodBody(moved) { InitLocals = from.InitLocals };
        foreach (var variable in from.Variables)
        {
            to.Variables.Add(variable);
        }

        foreach (var instruction in from.Instructions)
        {
            if (instruction.Operand is ParameterDefinition parameter)
            {
                instruction.Operand = parameter == from.ThisParameter ? to.ThisParameter : moved.Parameters[parameter.Index];
            }

            to.Instructions.Add(instruction);
        }

        foreach (var handler in from.ExceptionHandlers)
        {
            to.ExceptionHandlers.Add(handler);
        }

        method.Body = new MethodBody(method);
    }

    private static void MoveDebugInformation(MethodDefinition method, MethodDefinition moved)
    {
        var from = method.DebugInformation;
        var to = moved.DebugInformation;
        foreach (var point in from.SequencePoints)
        {
            to.SequencePoints.Add(point);
        }

        foreach (var information in method.CustomDebugInformations)
        {
            moved.CustomDebugInformations.Add(information);
        }

        to.Scope = from.Scope;
        to.StateMachineKickOffMethod = from.StateMachineKickOffMethod;

        // Emptied, not removed: if it is missing, Cecil reads the old one again when it writes the module.
        from.SequencePoints.Clear();
        method.CustomDebugInformations.Clear();
        from.Scope = null;
        from.StateMachineKickOffMethod = null;
    }
}
