using Sitters;

namespace Samples.Examples;

// README: completion-hooks
public class Kitchen
{
    [Sit(CompletionHooks = [nameof(RingBell)])]
    public async Task<string> Cook(string dish)
    {
        await Task.Delay(20);
        Console.WriteLine($"cooking {dish}");
        return dish;
    }

    private static void RingBell(SitContext call) => Console.WriteLine($"completion: {call.Result} is ready");
}
// end

internal static class CompletionHooks
{
    public static async Task Run() => Console.WriteLine($"result {await new Kitchen().Cook("soup")}");
}
