using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Sitters.AspNetCore.Guarding;

/// <summary>
/// Lets no application start with an unguarded page. It lies among the page's endpoints as a source of none. When an application puts its
/// pipeline together, routing takes the sources of all endpoints over, and asks each for its token of change, if its own has been asked for
/// before: that is when this looks, with all conventions there, groups' included, and what it throws ends the start. Should a version of the
/// framework do otherwise, the host is stopped once it has started, and each request is refused.
/// </summary>
internal sealed partial class StartCheck : EndpointDataSource
{
    private readonly PageMark _mark;
    private readonly EndpointDataSource _own;
    private readonly EndpointDataSource _all;
    private volatile bool _isGuarded;

    private StartCheck(PageMark mark, EndpointDataSource own, EndpointDataSource all)
    {
        _mark = mark;
        _own = own;
        _all = all;
    }

    public override IReadOnlyList<Endpoint> Endpoints => [];

    /// <param name="page">The group of the page, which was added to <paramref name="endpoints"/> last.</param>
    /// <param name="endpoints">Where the user mapped the page.</param>
    /// <param name="mark">What the endpoints of the page bear.</param>
    public static void Add(RouteGroupBuilder page, IEndpointRouteBuilder endpoints, PageMark mark)
    {
        var services = endpoints.ServiceProvider;
        if (services.GetService<EndpointDataSource>() is not { } all)
        {
            // Without routing the application does not start, or asks for none of its endpoints.
            return;
        }

        var check = new StartCheck(mark, endpoints.DataSources.Last(), all);
        ((IEndpointRouteBuilder)page).DataSources.Add(check);
        _ = all.GetChangeToken();
        if (services.GetService<IHostApplicationLifetime>() is { ApplicationStarted.IsCancellationRequested: false } lifetime)
        {
            lifetime.ApplicationStarted.Register(() => check.StopUnlessGuarded(lifetime, services));
        }
    }

    /// <summary>Runs when the pipeline is put together.</summary>
    public override IChangeToken GetChangeToken() =>
        IsUnguarded() ? throw new InvalidOperationException(Guard.WhatToWrite(_mark.Pattern)) : NullChangeToken.Singleton;

    private void StopUnlessGuarded(IHostApplicationLifetime lifetime, IServiceProvider services)
    {
        if (IsUnguarded())
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Sitters");
            var whatToWrite = Guard.WhatToWrite(_mark.Pattern);
            LogUnguarded(logger, whatToWrite);
            lifetime.StopApplication();
        }
    }

    private bool IsUnguarded()
    {
        if (_isGuarded)
        {
            return false;
        }

        var endpoints = Candidates().SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageMark>() == _mark).ToArray();
        _isGuarded = endpoints.Length > 0 && endpoints.All(endpoint => Guard.Stands(endpoint.Metadata));
        return endpoints.Length > 0 && !_isGuarded;
    }

    /// <summary>Where the endpoints of the page are, with the conventions of all groups around them. Everything else stays unbuilt, if it can.</summary>
    private IEnumerable<EndpointDataSource> Candidates()
    {
        if (_all is not CompositeEndpointDataSource all)
        {
            return [_all];
        }

        return all.DataSources.Contains(_own) ? [_own] : all.DataSources.Where(source => source.GetType() == _own.GetType());
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "{WhatToWrite}")]
    private static partial void LogUnguarded(ILogger logger, string whatToWrite);
}
