namespace Sitters.Fody.Rewriting.Gating;

/// <summary>What tells debuggers how to step over the awaits of a method.</summary>
internal static class SteppingInformation
{
    /// <summary>
    /// Only an <c>async void</c> method has a catch handler in its stepping information, since nothing awaits it. Where code is inserted,
    /// Cecil would take the "none" of all other methods, offset -1, for the first instruction, and write that.
    /// </summary>
    public static void KeepCatchHandler(MethodDefinition moveNext, Action insert)
    {
        var withoutHandler = moveNext.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>()
            .Where(stepping => stepping.CatchHandler.Offset < 0)
            .ToList();
        insert();
        foreach (var stepping in withoutHandler)
        {
            stepping.CatchHandler = new InstructionOffset(-1);
        }
    }
}
