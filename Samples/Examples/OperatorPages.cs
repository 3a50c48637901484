using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sitters;

namespace Samples.Examples;

internal static class OperatorPages
{
    public static async Task Run()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
        builder.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireRole("operator"));
        await using var app = builder.Build();

        // README: page
        app.MapSitters("/sitters").RequireAuthorization("operators");
        // end

        // README: page-options
        var inside = app.MapSitters("/inside/sitters", options =>
        {
            options.ReadOnly = false;
            options.Title = "The shop in Frankfurt";
            options.Interval = TimeSpan.FromSeconds(2);
        });
        inside.RequireHost("127.0.0.1").AllowAnonymous();
        // end

        await app.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        using var stranger = await client.GetAsync("/sitters/calls");
        Console.WriteLine($"a stranger is sent to sign in: {stranger.Headers.Location?.AbsolutePath}");

        var watching = Watch();
        var list = await client.GetFromJsonAsync<JsonElement>("/inside/sitters/calls");
        Console.WriteLine($"{list.GetProperty("total")} call: {list.GetProperty("calls")[0].GetProperty("method")}");

        using var order = new HttpRequestMessage(HttpMethod.Post, "/inside/sitters/control");
        order.Headers.Add("Sitters-Request", "example");
        order.Content = JsonContent.Create(new { @do = "cancel", methods = "*.Watch", reason = "enough" });
        using var answer = await client.SendAsync(order);
        Console.WriteLine($"cancelled {(await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("calls")}");
        await watching;
        Console.WriteLine("watched");
    }

    [Sit]
    private static async Task Watch() => await Task.Delay(TimeSpan.FromHours(1));
}
