using System.Net;
using System.Net.Sockets;
using System.Text;
using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>A request of a call that is interrupted ends at the server too, which hears it on a real connection.</summary>
internal sealed class LeftRequestTests : ControllerFixture
{
    [Test]
    public async Task the_request_of_an_attempt_whose_time_is_over_ends_before_the_next_one_begins()
    {
        using var server = new SilentServer();
        using var client = new HttpClient();
        var call = new Requests().Get(client, server.Address);

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await server.Requested(attempt).InTime();
            Assert.That(server.Open, Is.EqualTo(1), $"requests during attempt {attempt}");
            Clock.Advance(1);
            await server.Closed(attempt).InTime();
        }

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_request_that_a_method_hands_on_ends_with_its_call()
    {
        using var server = new SilentServer();
        using var client = new HttpClient();
        var call = new Requests().GetDirectly(client, server.Address)!;
        await server.Requested(1).InTime();

        Sitter.Cancel();

        await server.Closed(1).InTime();
        await Assert.CatchAsync<OperationCanceledException>(() => call.InTime());
    }

    /// <summary>Takes requests and never answers.</summary>
    private sealed class SilentServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource[] _requested = Make();
        private readonly TaskCompletionSource[] _closed = Make();
        private int _open;

        public SilentServer()
        {
            _listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
            _ = Serve();
        }

        public Uri Address { get; }

        public int Open => Volatile.Read(ref _open);

        public Task Requested(int number) => _requested[number].Task;

        public Task Closed(int number) => _closed[number].Task;

        public void Dispose() => _listener.Dispose();

        private static TaskCompletionSource[] Make() =>
            [.. Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

        private async Task Serve()
        {
            for (var number = 1; ; number++)
            {
                Socket socket;
                try
                {
                    socket = await _listener.AcceptSocketAsync();
                }
                catch (SocketException)
                {
                    // The listener was disposed of.
                    return;
                }

                _ = Hear(socket, number);
            }
        }

        private async Task Hear(Socket socket, int number)
        {
            using var stream = new NetworkStream(socket, ownsSocket: true);
            var buffer = new byte[4096];
            var text = new StringBuilder();
            while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
            }

            Interlocked.Increment(ref _open);
            _requested[number].SetResult();
            try
            {
                await stream.ReadExactlyAsync(buffer.AsMemory(0, 1));
            }
            catch (IOException)
            {
                // The client has closed, or reset, the connection.
            }

            Interlocked.Decrement(ref _open);
            _closed[number].SetResult();
        }
    }
}
