namespace Sitters.Fody.Rewriting;

/// <summary>
/// Moves the body of an async sat method to a private method beside it. The definition stays where it is: callers, overrides and
/// interfaces hold on to it.
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

        // Left on the forwarder, this flag would make the runtime await a body that returns a task.
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
            // Where the runtime itself suspends it, it is a frame of stack traces.
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
    /// The instructions themselves move, with the branches, handlers and symbols that hold on to them. Where they name a generic
    /// parameter of the method, its position stays true: the new method has the same.
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

        // Emptied, not dropped: where there is none, the old one is read again when the module is written.
        from.SequencePoints.Clear();
        method.CustomDebugInformations.Clear();
        from.Scope = null;
        from.StateMachineKickOffMethod = null;
    }
}
