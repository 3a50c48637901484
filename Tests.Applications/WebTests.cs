using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tests.Signals;

namespace Tests.Applications;

/// <summary>Samples/Applications/Web, in a folder of the test's own.</summary>
[Platform(Exclude = "Win", Reason = Tests.Signals.Signals.NotOnWindows)]
internal sealed class WebTests
{
    private DirectoryInfo _folder = null!;

    private string Settings => Path.Combine(_folder.FullName, "appsettings.json");

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("sitters-web-");
        File.Copy(Path.Combine(Path.GetDirectoryName(Application.PathOf("Web"))!, "appsettings.json"), Settings);
    }

    [TearDown]
    public void TearDown() => _folder.Delete(recursive: true);

    [Test]
    public async Task an_order_survives_a_supplier_that_fails()
    {
        await using var web = await Start();
        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < 3; i++)
            {
                // Another article each time, so that each has to be asked for; one question in three fails.
                Assert.That((await web.Order($"book{i}")).StatusCode, Is.EqualTo(HttpStatusCode.Created));
            }

            Assert.That((await web.Order("unknown")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await web.Orders())!.AsArray(), Has.Count.EqualTo(3));
        }
    }

    [Test]
    public async Task a_paused_shop_is_not_ready_and_lives()
    {
        await using var web = await Start();
        Assert.That(await web.Get("/health/ready"), Is.EqualTo("Healthy"));
        web.Application.Send(Signal.USR1);
        await web.Application.Until("Paused");
        Assert.That(await web.Get("/health/ready"), Is.EqualTo("Degraded"));
        Assert.That(await web.Get("/health/live"), Is.EqualTo("Healthy"));
        var order = web.Order("book");
        web.Application.Send(Signal.USR2);
        Assert.That((await order).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await web.Get("/health/ready"), Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task traces_and_metrics_reach_a_collector()
    {
        await using var collector = new Collector();
        await using var web = await Start(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        });
        await web.Order("book");
        await collector.Until("/v1/traces", "Checkout.Place", "Supplier.PriceOf");
        await collector.Until("/v1/metrics", "sitters.call.duration", "sitters.call.active", "Web.Checkout.Place", "completed");
    }

    [Test]
    public async Task the_page_shows_the_shop()
    {
        await using var web = await Start();
        Assert.That(await web.Get("/sitters"), Does.Contain("<html"));
    }

    [Test]
    public async Task what_it_has_said_to_be_done_is_done_when_it_stops_under_load()
    {
        await using var web = await Start();
        var orders = Enumerable.Range(0, 100).Select(i => web.Order($"book{i % 10}")).ToArray();
        await Task.WhenAny(orders);
        web.Application.Send(Signal.TERM);
        var accepted = 0;
        foreach (var order in orders)
        {
            try
            {
                accepted += (await order).StatusCode == HttpStatusCode.Created ? 1 : 0;
            }
            catch (HttpRequestException)
            {
                // It came too late and was refused.
            }
        }

        Assert.That(await web.Application.Exit(), Is.Zero, web.Application.ToString());
        await using var again = await Start();
        Assert.That((await again.Orders())!.AsArray(), Has.Count.EqualTo(accepted));
    }

    private Task<Shop> Start(Dictionary<string, string>? environment = null) => Shop.Start(_folder.FullName, environment);

    /// <summary>The application, and a client of it.</summary>
    private sealed class Shop(Application application, Uri address) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

        public Application Application => application;

        public static async Task<Shop> Start(string folder, Dictionary<string, string>? environment)
        {
            var application = Application.Start(
                "Web", environment, "--contentRoot", folder, "--urls", "http://127.0.0.1:0", "--ConnectionStrings:Shop", $"Data Source={folder}/shop.db");
            var line = await application.Until("Now listening on: ");
            await application.Until("Application started");
            return new Shop(application, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]));
        }

        public Task<HttpResponseMessage> Order(string sku, CancellationToken cancellationToken = default) =>
            _http.PostAsync(new Uri($"/orders/{sku}", UriKind.Relative), null, cancellationToken);

        public Task<JsonNode?> Orders() => _http.GetFromJsonAsync<JsonNode>("/orders");

        public Task<string> Get(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await application.DisposeAsync();
        }
    }
}
