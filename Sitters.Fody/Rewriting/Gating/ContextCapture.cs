using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>Tells from how its awaitable was made whether an await resumes on the context where it began.</summary>
internal sealed class ContextCapture
{
    /// <summary>The flag of ConfigureAwaitOptions, and <c>true</c> of the overload that takes a bool.</summary>
    private const int ContinueOnCapturedContext = 1;

    /// <summary>
    /// How many instructions to look back. Between <c>ConfigureAwait</c> and <c>IsCompleted</c> are the store of the awaitable,
    /// <c>GetAwaiter</c> and the store of the awaiter; the limit leaves room for these, and keeps the search from another await's.
    /// </summary>
    private const int Reach = 16;

    private static readonly ContextCapture _always = new(true, null);
    private static readonly ContextCapture _never = new(false, null);

    private readonly bool _isCaptured;

    private ContextCapture(bool isCaptured, Instruction? configureAwait)
    {
        _isCaptured = isCaptured;
        ConfigureAwait = configureAwait;
    }

    /// <summary>The call that is given a value known only at run time; null where everything is known.</summary>
    public Instruction? ConfigureAwait { get; }

    /// <summary>Only a configured awaiter may resume elsewhere. One that is configured out of sight most likely says false.</summary>
    public static ContextCapture Of(TypeReference awaiter, Instruction isCompleted, BranchTargets targets)
    {
        if (!Awaiters.IsConfigured(awaiter))
        {
            return _always;
        }

        var instruction = Before(isCompleted);
        for (var step = 0; step < Reach && instruction is not null; step++, instruction = Before(instruction))
        {
            if (Called(instruction)?.Name == "ConfigureAwait")
            {
                // Where a branch leads to the call, the value before it is one of several.
                return targets.HasBranchTo(instruction) || Constant(Before(instruction)) is not { } option
                    ? new ContextCapture(false, instruction)
                    : (option & ContinueOnCapturedContext) != 0 ? _always : _never;
            }
        }

        return _never;
    }

    /// <summary>Keeps what the call of ConfigureAwait is given.</summary>
    public static Instruction[] Keep(VariableDefinition option) =>
        [Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Stloc, option)];

    /// <summary>Loads the traits of the await.</summary>
    /// <param name="traits">The others.</param>
    /// <param name="capturesContext">The trait that is told here, which has the value of the option.</param>
    /// <param name="option">What ConfigureAwait was given, if that is known only at run time.</param>
    public Instruction[] LoadTraits(int traits, int capturesContext, VariableDefinition? option) => option is null
        ? [Instruction.Create(OpCodes.Ldc_I4, traits | (_isCaptured ? capturesContext : 0))]
        :
        [
            Instruction.Create(OpCodes.Ldloc, option), Instruction.Create(OpCodes.Ldc_I4, capturesContext & ContinueOnCapturedContext),
            Instruction.Create(OpCodes.And), Instruction.Create(OpCodes.Ldc_I4, traits), Instruction.Create(OpCodes.Or),
        ];

    private static int? Constant(Instruction? instruction) => instruction?.OpCode.Code == Code.Ldc_I4 ? (int)instruction.Operand : null;
}
