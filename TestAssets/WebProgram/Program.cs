using WebProgram;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.AddSitters(options => options.DrainSeconds = builder.Configuration.GetValue<double?>("drain"));
builder.Services.AddSingleton<Works>();
var app = builder.Build();
app.MapGet("/square/{number}", (int number, Works works) => works.Square(number));
app.MapGet("/begun", (Works works) => works.Begun);
app.MapPost("/release", (Works works) => works.Release());
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"listens at {app.Urls.Single()}"));
app.Lifetime.ApplicationStopping.Register(() => Console.WriteLine("stopping"));
await app.RunAsync();
Console.WriteLine("stopped");
