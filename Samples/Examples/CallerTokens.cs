using Sitters;

namespace Samples.Examples;

// README: caller-token
public class Download
{
    [Sit(TimeoutSeconds = 0.3, CancellationHooks = [nameof(OnCancelled)])]
    public async Task<string?> Get(string file, CancellationToken token = default)
    {
        // The token that the body sees fires when the caller cancels its own, and when the sitter interrupts.
        try
        {
            await Task.Delay(TimeSpan.FromHours(1), token);
            return file;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            Console.WriteLine($"{file}: the token has fired");
            throw;
        }
    }

    private static void OnCancelled(SitContext call) => Console.WriteLine($"cancellation: {call.Interrupt}");
}
// end

internal static class CallerTokens
{
    public static async Task Run()
    {
        var download = new Download();
        Console.WriteLine($"result {await download.Get("slow") ?? "default"}");

        using var caller = new CancellationTokenSource(50);
        try
        {
            await download.Get("unwanted", caller.Token);
        }
        catch (OperationCanceledException exception)
        {
            Console.WriteLine($"throws OperationCanceledException with the caller's token: {exception.CancellationToken == caller.Token}");
        }
    }
}
