using Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Tests.Applications.Orleans;

/// <summary>A silo and a client of it in this process, between which every call is serialized.</summary>
internal sealed class Silo : IStage, IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    public Silo()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddMemoryGrainStorageAsDefault());
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton<IStage>(this);
            host.Logging.ClearProviders();
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.CancelRequestOnTimeout = true));
        _cluster = builder.Build();
    }

    /// <summary>That of the test that runs.</summary>
    public Stage Stage { get; set; } = null!;

    public IGrainFactory Client => _cluster.Client;

    public Task Start() => _cluster.DeployAsync();

    /// <summary>A grain that no other test has.</summary>
    public T Get<T>()
        where T : IGrainWithStringKey => Client.GetGrain<T>(Guid.NewGuid().ToString());

    public Task Deactivate(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    void IStage.Say(string line) => Stage.Say(line);

    Task IStage.At(string point) => Stage.At(point);
}
