using Sitters;

namespace Samples.Examples;

// README: web-jobs
public class Warehouse(TimeProvider clock)
{
    private int _shelf;

    // An answer within ten seconds, or an exception: never a null that passes for one.
    [Sit(TimeoutSeconds = 10, MaxAttempts = 3, RetryDelaySeconds = 0.2, OnTimeout = SitOutcome.Throw, OnCancel = SitOutcome.Throw)]
    public async Task<string> Price(string article)
    {
        await Task.Delay(article == "slow" ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(50), clock);
        return $"{article}: {article.Length} euros";
    }

    // A job of some minutes.
    [Sit(TimeoutSeconds = 3600)]
    public async Task Count()
    {
        for (_shelf = 1; _shelf <= 200; _shelf++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
        }
    }

    public string Progress => $"shelf {_shelf} of 200";
}
// end
