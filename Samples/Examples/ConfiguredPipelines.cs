using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Registry;
using Polly.Retry;
using Sitters;

namespace Samples.Examples;

// README: retry-configured
public class Stock(ResiliencePipelineProvider<string> pipelines)
{
    private ResiliencePipeline Patiently => pipelines.GetPipeline("stock");

    [Sit(Retry = nameof(Patiently))]
    public async Task<int> Count(string product)
    {
        await Task.Delay(10);
        Console.WriteLine($"attempt {SitContext.Current.Attempt} to count {product}");
        return SitContext.Current.Attempt < 4 ? throw new IOException("busy") : 4;
    }
}
// end

internal static class ConfiguredPipelines
{
    public static async Task Run()
    {
        var settings = new Dictionary<string, string?> { ["Stock:Retry:MaxRetryAttempts"] = "1", ["Stock:Retry:Delay"] = "00:00:00.02" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var services = Services(configuration).BuildServiceProvider();
        var stock = services.GetRequiredService<Stock>();

        Console.WriteLine("-- one retry");
        await Tell(stock);
        configuration["Stock:Retry:MaxRetryAttempts"] = "3";
        configuration.Reload();
        Console.WriteLine("-- three retries, after a change of the configuration");
        await Tell(stock);
    }

    private static ServiceCollection Services(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        // README: retry-configuration
        services.Configure<RetryStrategyOptions>("stock", configuration.GetSection("Stock:Retry"));
        services.AddResiliencePipeline("stock", (pipeline, context) =>
        {
            context.EnableReloads<RetryStrategyOptions>("stock");
            pipeline.AddRetry(context.GetOptions<RetryStrategyOptions>("stock"));
        });
        services.AddSingleton<Stock>();
        // end
        return services;
    }

    private static async Task Tell(Stock stock)
    {
        try
        {
            Console.WriteLine($"result {await stock.Count("tea")}");
        }
        catch (IOException exception)
        {
            Console.WriteLine($"throws IOException: {exception.Message}");
        }
    }
}
