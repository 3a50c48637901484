using System.Net;
using Sitters;

namespace Samples.Examples;

// README: first-steps
public class Orders(HttpClient http)
{
    [Sit(TimeoutSeconds = 10, MaxAttempts = 3, RetryDelaySeconds = 0.1, StartupHooks = [nameof(Announce)])]
    public async Task<string?> Read(int id)
    {
        Console.WriteLine($"attempt {SitContext.Current.Attempt}");
        return await http.GetStringAsync($"https://shop.example/orders/{id}");
    }

    private static void Announce() => Console.WriteLine("reading an order");
}
// end

internal static class FirstSteps
{
    public static async Task Run()
    {
        using var http = new HttpClient(new BusyShop());
        Console.WriteLine($"result {await new Orders(http).Read(7)}");
    }

    /// <summary>A server that is busy the first time.</summary>
    private sealed class BusyShop : HttpMessageHandler
    {
        private int _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(++_requests == 1
                ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("two teapots") });
    }
}
