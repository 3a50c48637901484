namespace Tests.Packages;

/// <summary>A web application with the page, whose host sees to its calls, made of the packages.</summary>
[Category("Packages")]
public sealed class WebConsumerTests
{
    private const string Program = """
        using System.Net.Http.Json;
        using System.Text.Json;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Diagnostics.HealthChecks;
        using Microsoft.Extensions.Logging;

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSitters();
        builder.Services.AddHealthChecks().AddSitters();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapSitters(options => options.ReadOnly = false).AllowAnonymous();
        await app.StartAsync();

        var job = new Consumer.Job().Run();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/sitters/") };
        Console.WriteLine((await client.GetStringAsync("")).Contains("page.js"));
        var call = (await client.GetFromJsonAsync<JsonElement>("calls")).GetProperty("calls")[0];
        Console.WriteLine(call.GetProperty("method"));
        Console.WriteLine(Path.GetFileName(call.GetProperty("wait").GetProperty("file").GetString()) + ":" + call.GetProperty("wait").GetProperty("line"));
        client.DefaultRequestHeaders.Add("Sitters-Request", "test");
        var answer = await client.PostAsJsonAsync("control", new { @do = "cancel", reason = "enough" });
        Console.WriteLine((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("calls"));
        await job;
        Console.WriteLine((await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status);
        await app.StopAsync();
        """;

    private const string Job = """
        using Sitters;
        namespace Consumer;
        public class Job
        {
            [Sit(CancellationHooks = [nameof(Tell)])]
            public async Task Run() => await Task.Delay(TimeSpan.FromHours(1));

            private static void Tell(SitContext call) => Console.WriteLine($"{call.LastControl?.Source}: {call.LastControl?.Reason}");
        }
        """;

    private readonly Consumers _consumers = new("web");

    [Test]
    public async Task it_is_seen_and_steered_by_its_page()
    {
        _consumers.AddProject("Web", "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
            $"""{Consumers.SittersReference}<PackageReference Include="Sitters.AspNetCore" Version="{PackageFeed.Version}" /><PackageReference Include="Sitters.Hosting" Version="{PackageFeed.Version}" />""",
            ("Program.cs", Program), ("Job.cs", Job));

        (await _consumers.Dotnet("build", "Web")).Succeeded();

        Assert.That(await _consumers.Run(_consumers.AssemblyOf("Web")),
            Is.EqualTo(new[] { "True", "Consumer.Job.Run", "Job.cs:6", "1", "Page: enough", "Healthy" }).Or.EqualTo(new[] { "True", "Consumer.Job.Run", "Job.cs:6", "Page: enough", "1", "Healthy" }));
    }
}
