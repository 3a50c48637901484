using System.Diagnostics;
using System.Net;
using System.Reflection;
using Tests.Signals;

namespace Tests.Hosting;

/// <summary>A real server that is stopped by a real signal while requests are in flight.</summary>
internal sealed class RealServerTests
{
    private const int Requests = 200;

    [Test]
    public async Task each_request_in_flight_is_answered_with_its_own_result_and_later_ones_are_served_or_refused()
    {
        await using var server = await Server.Start();
        var inFlight = Enumerable.Range(1, Requests).Select(server.Square).ToList();
        await server.HasBegun(Requests);

        server.Send(Signal.TERM);
        await server.Until("stopping");
        var later = Enumerable.Range(1001, 20).Select(server.Square).ToList();
        await server.HasBegun(Requests + later.Count);
        await server.Release();

        var answers = await Task.WhenAll(inFlight).InTime();
        Assert.That(answers, Is.EqualTo(Enumerable.Range(1, Requests).Select(number => new Answer(number, HttpStatusCode.OK, $"{number * number}"))));
        var laterAnswers = await Task.WhenAll(later).InTime();
        Assert.That(await server.End(), Is.Zero);
        AssertNoneIsFalse([.. answers, .. laterAnswers], server);
    }

    [Test]
    public async Task what_is_cancelled_as_the_time_is_over_is_no_success()
    {
        await using var server = await Server.Start("--drain", "0.5");
        var inFlight = Enumerable.Range(1, Requests).Select(server.Square).ToList();
        await server.HasBegun(Requests);

        server.Send(Signal.TERM);

        var answers = await Task.WhenAll(inFlight).InTime();
        Assert.That(await server.End(), Is.Zero);
        Assert.That(answers.Select(answer => answer.Status), Has.None.EqualTo(HttpStatusCode.OK));
        Assert.That(server.Lines.Count(line => line == "cancelled"), Is.EqualTo(Requests));
        AssertNoneIsFalse(answers, server);
    }

    [Test]
    public async Task under_load_that_goes_on_the_server_stops_and_no_answer_is_false()
    {
        await using var server = await Server.Start();
        await server.Release();
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 20).Select(client => Task.Run(async () =>
        {
            var answers = new List<Answer>();
            for (var number = client * 1000; !enough.IsCancellationRequested; number++)
            {
                answers.Add(await server.Square(number));
                if (answers[^1].Status is null)
                {
                    // Refused: the server is gone.
                    break;
                }
            }

            return answers;
        })).ToList();
        await server.HasBegun(Requests);

        server.Send(Signal.TERM);

        Assert.That(await server.End(), Is.Zero);
        await enough.CancelAsync();
        var all = (await Task.WhenAll(clients).InTime()).SelectMany(static answers => answers).ToList();
        Assert.That(all.Select(answer => answer.Status).Distinct(), Is.SubsetOf(new HttpStatusCode?[] { HttpStatusCode.OK, null }));
        AssertNoneIsFalse(all, server);
    }

    /// <summary>Whoever was told of success has the result of work that was done.</summary>
    private static void AssertNoneIsFalse(IReadOnlyCollection<Answer> answers, Server server)
    {
        var done = server.Lines.Where(line => line.StartsWith("done ")).Select(line => int.Parse(line[5..])).ToHashSet();
        var successes = answers.Where(answer => answer.Status == HttpStatusCode.OK).ToList();
        Assert.That(successes.Where(answer => answer.Text != $"{answer.Number * answer.Number}"), Is.Empty);
        Assert.That(successes.Where(answer => !done.Contains(answer.Number)), Is.Empty);
    }

    /// <summary>What a client got; no status where the request was refused or the connection broke.</summary>
    private sealed record Answer(int Number, HttpStatusCode? Status, string Text);

    private sealed class Server : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly List<string> _lines = [];
        private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 });
        private readonly CancellationTokenSource _outOfPatience = new(TimeSpan.FromSeconds(60));

        private Server(string[] arguments)
        {
            var program = Path.GetFullPath(Path.Combine(
                typeof(Server).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "WebProgram").Value!,
                "WebProgram"));
            _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        }

        public IReadOnlyList<string> Lines => _lines;

        public static async Task<Server> Start(params string[] arguments)
        {
            var server = new Server(arguments);
            var address = await server.Until("listens at ");
            server._client.BaseAddress = new Uri(address["listens at ".Length..]);
            return server;
        }

        public async Task<Answer> Square(int number)
        {
            try
            {
                using var response = await _client.GetAsync($"/square/{number}");
                return new Answer(number, response.StatusCode, await response.Content.ReadAsStringAsync());
            }
            catch (HttpRequestException)
            {
                return new Answer(number, null, "");
            }
        }

        public async Task HasBegun(int works)
        {
            while (int.Parse(await _client.GetStringAsync("/begun", _outOfPatience.Token)) < works)
            {
                await Task.Delay(5, _outOfPatience.Token);
            }
        }

        public async Task Release() => (await _client.PostAsync("/release", null)).EnsureSuccessStatusCode();

        public void Send(Signal signal) => signal.Send(_process.Id);

        public async Task<string> Until(string start)
        {
            while (true)
            {
                var line = await _process.StandardOutput.ReadLineAsync(_outOfPatience.Token)
                    ?? throw new AssertionException($"The server ended before it said '{start}'. It said:\n{string.Join('\n', _lines)}");
                _lines.Add(line);
                if (line.StartsWith(start))
                {
                    return line;
                }
            }
        }

        public async Task<int> End()
        {
            await Until("stopped");
            await _process.WaitForExitAsync(_outOfPatience.Token);
            return _process.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            await _process.EndAsync();
            _client.Dispose();
            _outOfPatience.Dispose();
        }
    }
}
