using Sitters;

namespace Samples.Examples;

// README: timeout
public class Report
{
    [Sit(TimeoutSeconds = 0.3)]
    public async Task<string?> Build()
    {
        try
        {
            await Task.Delay(TimeSpan.FromHours(1));
            return "report";
        }
        finally
        {
            Console.WriteLine("finally");
        }
    }

    [Sit(TimeoutSeconds = 0.3, OnTimeout = SitOutcome.Throw)]
    public async Task<string> BuildOrThrow()
    {
        await Task.Delay(TimeSpan.FromHours(1));
        return "report";
    }
}
// end

internal static class Timeouts
{
    public static async Task Run()
    {
        Console.WriteLine($"result {await new Report().Build() ?? "default"}");
        try
        {
            await new Report().BuildOrThrow();
        }
        catch (TimeoutException)
        {
            Console.WriteLine("throws TimeoutException");
        }
    }
}
