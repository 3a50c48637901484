namespace Sitters.Fody.Metadata;

/// <summary>
/// Gives each instruction of a finished body its shortest form. Cecil's own routine computes all offsets anew for each branch that it
/// shortens, which takes minutes in a method with thousands.
/// </summary>
internal static class ShortForms
{
    private static readonly OpCode[] _ldarg = [OpCodes.Ldarg_0, OpCodes.Ldarg_1, OpCodes.Ldarg_2, OpCodes.Ldarg_3];
    private static readonly OpCode[] _ldloc = [OpCodes.Ldloc_0, OpCodes.Ldloc_1, OpCodes.Ldloc_2, OpCodes.Ldloc_3];
    private static readonly OpCode[] _stloc = [OpCodes.Stloc_0, OpCodes.Stloc_1, OpCodes.Stloc_2, OpCodes.Stloc_3];

    private static readonly OpCode[] _constants =
    [
        OpCodes.Ldc_I4_M1, OpCodes.Ldc_I4_0, OpCodes.Ldc_I4_1, OpCodes.Ldc_I4_2, OpCodes.Ldc_I4_3,
        OpCodes.Ldc_I4_4, OpCodes.Ldc_I4_5, OpCodes.Ldc_I4_6, OpCodes.Ldc_I4_7, OpCodes.Ldc_I4_8,
    ];

    private static readonly Dictionary<Code, OpCode> _branches = new()
    {
        [Code.Br] = OpCodes.Br_S,
        [Code.Brfalse] = OpCodes.Brfalse_S,
        [Code.Brtrue] = OpCodes.Brtrue_S,
        [Code.Beq] = OpCodes.Beq_S,
        [Code.Bge] = OpCodes.Bge_S,
        [Code.Bgt] = OpCodes.Bgt_S,
        [Code.Ble] = OpCodes.Ble_S,
        [Code.Blt] = OpCodes.Blt_S,
        [Code.Bne_Un] = OpCodes.Bne_Un_S,
        [Code.Bge_Un] = OpCodes.Bge_Un_S,
        [Code.Bgt_Un] = OpCodes.Bgt_Un_S,
        [Code.Ble_Un] = OpCodes.Ble_Un_S,
        [Code.Blt_Un] = OpCodes.Blt_Un_S,
        [Code.Leave] = OpCodes.Leave_S,
    };

    public static void Give(MethodBody body)
    {
        InstructionWalk.Commit(body);
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.OpCode.Code)
            {
                case Code.Ldarg:
                    Shorten(instruction, IndexOf(body, instruction), _ldarg, OpCodes.Ldarg_S);
                    break;
                case Code.Ldarga:
                    Shorten(instruction, IndexOf(body, instruction), [], OpCodes.Ldarga_S);
                    break;
                case Code.Starg:
                    Shorten(instruction, IndexOf(body, instruction), [], OpCodes.Starg_S);
                    break;
                case Code.Ldloc:
                    Shorten(instruction, ((VariableDefinition)instruction.Operand).Index, _ldloc, OpCodes.Ldloc_S);
                    break;
                case Code.Ldloca:
                    Shorten(instruction, ((VariableDefinition)instruction.Operand).Index, [], OpCodes.Ldloca_S);
                    break;
                case Code.Stloc:
                    Shorten(instruction, ((VariableDefinition)instruction.Operand).Index, _stloc, OpCodes.Stloc_S);
                    break;
                case Code.Ldc_I4:
                    ShortenConstant(instruction, (int)instruction.Operand);
                    break;
            }
        }

        ShortenBranches(body);
    }

    private static int IndexOf(MethodBody body, Instruction instruction)
    {
        var parameter = (ParameterDefinition)instruction.Operand;
        return parameter == body.ThisParameter ? 0 : parameter.Index + (body.Method.HasThis ? 1 : 0);
    }

    private static void Shorten(Instruction instruction, int index, OpCode[] forms, OpCode shortForm)
    {
        if (index < forms.Length)
        {
            instruction.OpCode = forms[index];
            instruction.Operand = null;
        }
        else if (index <= byte.MaxValue)
        {
            instruction.OpCode = shortForm;
        }
    }

    private static void ShortenConstant(Instruction instruction, int constant)
    {
        if (constant is >= -1 and <= 8)
        {
            instruction.OpCode = _constants[constant + 1];
            instruction.Operand = null;
        }
        else if (constant is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            instruction.OpCode = OpCodes.Ldc_I4_S;
            instruction.Operand = (sbyte)constant;
        }
    }

    /// <summary>A branch that is shortened may bring others near enough, hence once more; what stays long then does no harm.</summary>
    private static void ShortenBranches(MethodBody body)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            var offset = 0;
            foreach (var instruction in body.Instructions)
            {
                instruction.Offset = offset;
                offset += instruction.GetSize();
            }

            foreach (var instruction in body.Instructions)
            {
                if (_branches.TryGetValue(instruction.OpCode.Code, out var shortForm)
                    && instruction.Operand is Instruction target
                    && target.Offset - (instruction.Offset + shortForm.Size + 1) is >= sbyte.MinValue and <= sbyte.MaxValue)
                {
                    instruction.OpCode = shortForm;
                }
            }
        }
    }
}
