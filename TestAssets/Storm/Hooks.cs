using Sitters;

namespace Storm;

/// <summary>The hooks of every call. Each writes down that it ran, and then may fail.</summary>
internal static class Hooks
{
    public static void OnStartup(SitContext call)
    {
        Note(call, 's');
        MayFail(400);
    }

    public static async Task OnCompletion(SitContext call)
    {
        Note(call, 'c');
        await Waits.Short();
        MayFail(20);
    }

    public static void OnCompletionToo(SitContext call) => End(call, 'C');

    public static void OnException(SitContext call) => End(call, 'e');

    public static void OnExceptionToo(SitContext call) => End(call, 'E');

    public static void OnTimeout(SitContext call) => End(call, 't');

    public static void OnTimeoutToo(SitContext call) => End(call, 'T');

    public static void OnCancellation(SitContext call) => End(call, 'k');

    public static void OnCancellationToo(SitContext call) => End(call, 'K');

    public static async ValueTask OnRestart(SitContext call)
    {
        Note(call, 'x');
        await Waits.Short();
        MayFail(20);
    }

    public static async Task OnRetry(SitContext call)
    {
        Note(call, 'r');
        await Waits.Short();
        MayFail(20);
    }

    public static void OnPause() => MayFail(20);

    public static void OnResume() => MayFail(20);

    private static void End(SitContext call, char what)
    {
        Note(call, what);
        MayFail(20);
    }

    private static void Note(SitContext call, char what)
    {
        Books.Expect(SitContext.TryGetCurrent(out var current) && current == call, $"the hook {what} of {call} runs in {current}");
        Books.LifeOf(call, $"the hook {what}")?.Hook(what);
    }

    private static void MayFail(int times)
    {
        if (Dice.Once(times))
        {
            Books.Count("failures of hooks");
            throw new HookException();
        }
    }
}
