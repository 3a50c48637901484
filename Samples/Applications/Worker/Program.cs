using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using Worker;

// redis-server &
// dotnet run --project Samples/Applications/Worker
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
var address = builder.Configuration.GetConnectionString("Redis")!;
try
{
    builder.Services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(address));
}
catch (RedisConnectionException exception)
{
    await Console.Error.WriteLineAsync($"No Redis at {address}: start redis-server, or set ConnectionStrings__Redis. {exception.Message}");
    return 2;
}

builder.AddSitters();
builder.Services.AddSingleton<Store>();
builder.Services.AddHostedService<Intake>();
builder.Services.AddHostedService<Report>();
builder.Services.AddHostedService<Trim>();
await builder.Build().RunAsync();
return 0;
