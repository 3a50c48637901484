using static Sitters.Fody.Rewriting.Gating.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>Tells whether an await goes on where it began, from how its awaitable was made.</summary>
internal static class ContextCapture
{
    private const int ContinueOnCapturedContext = 1;
    private const int Reach = 16;

    /// <summary>Only a configured awaiter may not; whoever configures it out of our sight most likely says false.</summary>
    public static bool Of(TypeReference awaiter, Instruction isCompleted)
    {
        if (!Awaiters.IsConfigured(awaiter))
        {
            return true;
        }

        var instruction = Before(isCompleted);
        for (var step = 0; step < Reach && instruction is not null; step++, instruction = Before(instruction))
        {
            if (Called(instruction)?.Name == "ConfigureAwait")
            {
                return Constant(Before(instruction)) is { } option && (option & ContinueOnCapturedContext) != 0;
            }
        }

        return false;
    }

    private static int? Constant(Instruction? instruction) => instruction?.OpCode.Code == Code.Ldc_I4 ? (int)instruction.Operand : null;
}
