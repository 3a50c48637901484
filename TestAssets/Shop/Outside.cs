namespace Shop;

/// <summary>What the jobs wait for: a server, a printer and a store house, none of which answers before it is told to.</summary>
public sealed class Outside
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Outside() => Http = new HttpClient(new Server(_answer.Task)) { BaseAddress = new Uri("http://orders.example/"), Timeout = Timeout.InfiniteTimeSpan };

    public HttpClient Http { get; }

    public SemaphoreSlim Printer { get; } = new(0);

    public Task Answer => _answer.Task;

    /// <summary>Everything comes that is waited for.</summary>
    public void Open()
    {
        _answer.TrySetResult();
        Printer.Release(100_000);
    }

    private sealed class Server(Task answer) : HttpMessageHandler
    {
        /// <summary>Not async, as if it were a library's: the jobs wait for their requests, and not in here.</summary>
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer.ContinueWith(
            _ => new HttpResponseMessage { Content = new StringContent("12 orders") },
            cancellationToken,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
