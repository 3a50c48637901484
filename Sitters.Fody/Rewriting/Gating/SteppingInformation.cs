namespace Sitters.Fody.Rewriting.Gating;

/// <summary>What tells debuggers how to step over the awaits of a method.</summary>
internal static class SteppingInformation
{
    /// <summary>
    /// Only of <c>async void</c> it is said where an exception leaves the method, since nobody awaits that. Where code is inserted,
    /// Cecil takes the "nowhere" of all others for the first instruction, and would write it so.
    /// </summary>
    public static void KeepCatchHandler(MethodDefinition moveNext, Action insert)
    {
        var nowhere = moveNext.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>().Where(stepping => stepping.CatchHandler.Offset < 0).ToList();
        insert();
        foreach (var stepping in nowhere)
        {
            stepping.CatchHandler = new InstructionOffset(-1);
        }
    }
}
