using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>Tells from how its awaitable was made whether an await resumes on the context where it began.</summary>
internal static class ContextCapture
{
    /// <summary>The flag of ConfigureAwaitOptions, and <c>true</c> of the overload that takes a bool.</summary>
    private const int ContinueOnCapturedContext = 1;

    /// <summary>
    /// How many instructions to look back. Between <c>ConfigureAwait</c> and <c>IsCompleted</c> are the store of the awaitable,
    /// <c>GetAwaiter</c> and the store of the awaiter; the limit leaves room for these, and keeps the search from another await's.
    /// </summary>
    private const int Reach = 16;

    /// <summary>Only a configured awaiter may resume elsewhere. One that is configured out of sight most likely says false.</summary>
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
