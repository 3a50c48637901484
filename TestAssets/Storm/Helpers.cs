namespace Storm;

/// <summary>What is not sat itself, and is under the control of the call that it runs in.</summary>
internal static class Helpers
{
    public static async Task Step(int depth)
    {
        using var stay = Books.Enter("helper Step");
        await Waits.Some();
        if (depth > 1)
        {
            await Step(depth - 1);
        }
    }

    public static async Task<Answer?> Returning(Answer answer)
    {
        using var stay = Books.Enter("helper Returning");
        await Waits.Some();
        return answer;
    }

    public static async Task Cleanup()
    {
        using var stay = Books.Enter("helper Cleanup");
        await Task.Run(static () => Thread.SpinWait(Dice.Roll(200)), CancellationToken.None);
        await Waits.Deaf();
    }
}
