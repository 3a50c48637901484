using Microsoft.AspNetCore.Builder;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
var page = app.MapSitters(options => options.ReadOnly = app.Configuration["page"] == "read-only");
if (app.Configuration["page"] != "unguarded")
{
    page.AllowAnonymous();
}

await app.RunAsync();

/// <summary>What a test starts the application by.</summary>
public partial class Program;
