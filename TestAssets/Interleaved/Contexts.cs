using Sitters;

namespace Interleaved;

/// <summary>
/// Whose code runs where: what the caller has put into its flow is there in the body of each attempt and where the caller goes on; what a
/// body has put there is in that attempt alone; and who makes something happen to the call is in no flow but its own.
/// </summary>
internal static class Contexts
{
    private static readonly AsyncLocal<Stage?> _callers = new();
    private static readonly AsyncLocal<Attempt?> _bodys = new();

    /// <summary>On the thread that makes the call.</summary>
    public static void EnterCaller(Stage stage) => _callers.Value = stage;

    /// <summary>The body begins, or, as a stream, goes on in the flow of its consumer.</summary>
    public static void EnterBody(Stage stage, Attempt attempt)
    {
        Check(stage, _bodys.Value is null, $"attempt {attempt.Number} begins in the flow of another");
        CheckCallers(stage, attempt, "beginning");
        _bodys.Value = attempt;
    }

    public static void CheckBody(Stage stage, Attempt attempt, string place)
    {
        Check(stage, _bodys.Value == attempt, $"attempt {attempt.Number} comes to {place} in another flow");
        CheckCallers(stage, attempt, place);
    }

    /// <summary>The caller goes on.</summary>
    public static void CheckCaller(Stage stage, string where)
    {
        Check(stage, _callers.Value == stage, $"the caller goes on {where} without its own flow");
        CheckOutside(stage, "the caller", where);
    }

    /// <summary>On a thread that has made something happen.</summary>
    public static void CheckEvent(Stage stage, string what)
    {
        Check(stage, _callers.Value is null, $"{what} goes on in the flow of the caller");
        CheckOutside(stage, what, "after it");
    }

    private static void CheckCallers(Stage stage, Attempt attempt, string place)
    {
        // A shared call is made by one of two callers.
        if (!stage.MayHaveTwoCalls)
        {
            Check(stage, _callers.Value == stage, $"attempt {attempt.Number} is without the flow of the caller at {place}");
        }

        if (stage.IsWatched)
        {
            Check(stage, SitContext.TryGetCurrent(out _), $"attempt {attempt.Number} is in no call at {place}");
        }
    }

    private static void CheckOutside(Stage stage, string who, string where)
    {
        Check(stage, _bodys.Value is null, $"{who} goes on {where} in the flow of the body");
        Check(stage, !SitContext.TryGetCurrent(out _), $"{who} goes on {where} in the call");
    }

    private static void Check(Stage stage, bool isSo, string fault)
    {
        if (!isSo)
        {
            stage.Faults.Add(fault);
        }
    }
}
