using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sitters;
using Web;

// dotnet run --project Samples/Applications/Web
var builder = WebApplication.CreateBuilder(args);
builder.AddSitters();
builder.Services.AddHealthChecks().AddSitters();

// Goes to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names.
var telemetry = builder.Services.AddOpenTelemetry()
    .WithMetrics(metrics => metrics.AddMeter(SitterDiagnostics.MeterName).AddAspNetCoreInstrumentation())
    .WithTracing(traces => traces.AddSource(SitterDiagnostics.ActivitySourceName).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation());
if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null)
{
    telemetry.UseOtlpExporter();
}

builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite(builder.Configuration.GetConnectionString("Shop")));
builder.Services.AddHttpClient<Supplier>((services, http) => http.BaseAddress = SupplierAddress(services));
builder.Services.AddScoped<Checkout>();
builder.Services.AddHostedService<Stocktaking>();

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<ShopContext>().Database.EnsureCreatedAsync();
}

app.MapPost("/orders/{sku}", async (string sku, int? quantity, Checkout checkout) =>
{
    try
    {
        return await checkout.Place(sku, quantity ?? 1) is { } order ? Results.Created($"/orders/{order.Id}", order) : Results.NotFound();
    }
    catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
    {
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
});
app.MapGet("/orders", (ShopContext shop) => shop.Orders.AsNoTracking().ToListAsync());
app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
app.MapFakeSupplier();

// A shop with users asks for a role here: RequireAuthorization("operators").
app.MapSitters("/sitters").AllowAnonymous();
await app.RunAsync();

static Uri SupplierAddress(IServiceProvider services) =>
    new(services.GetRequiredService<IConfiguration>()["Supplier:Address"] is { Length: > 0 } configured
        ? configured
        : services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/supplier/");
