using System.Text;

namespace Sitters.Fody.Metadata;

/// <summary>The code of a method and of its state machine as text, for the report of a defect.</summary>
internal static class IlListing
{
    /// <summary>The method as the compiler emitted it, if the file can be read: the weaver may have changed half of it by now.</summary>
    public static string Of(MethodDefinition method, string? assemblyFile)
    {
        using var original = Read(assemblyFile);
        return Of(original?.LookupToken(method.MetadataToken) as MethodDefinition ?? method);
    }

    private static string Of(MethodDefinition method)
    {
        var text = new StringBuilder();
        try
        {
            Append(text, method);
            if (AsyncBodies.AnyStateMachineOf(method) is { } machine)
            {
                Append(text, machine.MoveNext);
            }
        }
#pragma warning disable CA1031 // What can't be read may be what the weaver failed at.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            text.AppendLine($"  the rest can't be read: {exception.GetType().Name}: {exception.Message}");
        }

        return text.ToString();
    }

    private static ModuleDefinition? Read(string? assemblyFile)
    {
        try
        {
            return assemblyFile is null ? null : ModuleDefinition.ReadModule(assemblyFile);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    private static void Append(StringBuilder text, MethodDefinition method)
    {
        text.AppendLine(method.FullName);
        if (!method.HasBody)
        {
            return;
        }

        foreach (var local in method.Body.Variables)
        {
            text.AppendLine($"  local {local.Index}: {local.VariableType.FullName}");
        }

        foreach (var handler in method.Body.ExceptionHandlers)
        {
            text.AppendLine($"  {handler.HandlerType} {handler.CatchType?.FullName}: try {At(handler.TryStart)} to {At(handler.TryEnd)}, "
                + $"handler {At(handler.HandlerStart)} to {At(handler.HandlerEnd)}");
        }

        foreach (var instruction in method.Body.Instructions)
        {
            text.AppendLine($"  {At(instruction)}: {instruction.OpCode.Name} {Operand(instruction.Operand)}".TrimEnd());
        }
    }

    private static string Operand(object? operand) => operand switch
    {
        Instruction target => At(target),
        Instruction[] targets => string.Join(", ", targets.Select(At)),
        string constant => $"\"{constant}\"",
        VariableDefinition local => $"local {local.Index}",
        ParameterDefinition parameter => parameter.Name.Length > 0 ? parameter.Name : "this",
        _ => Convert.ToString(operand, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    private static string At(Instruction? instruction) => instruction is null ? "end" : $"IL_{instruction.Offset:x4}";
}
