using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sitters.AspNetCore;
using Sitters.AspNetCore.Guarding;
using Sitters.AspNetCore.Web;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the page of Sitters to an application.</summary>
public static class SittersEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Adds a page that shows what sat calls do and where they wait, and pauses, resumes, restarts and cancels them. It has to be guarded by
    /// <c>RequireAuthorization()</c>, here or on a group around it, or opened to everybody by <c>AllowAnonymous()</c>: else the application
    /// does not start, and fails with an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="endpoints">Where the page is added.</param>
    /// <param name="pattern">The address of the page; what belongs to it lies below. Default: <c>/sitters</c>.</param>
    /// <param name="configure">Sets options. Default: none.</param>
    /// <returns>What guards the page: its conventions hold for all that belongs to it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is null.</exception>
    public static IEndpointConventionBuilder MapSitters(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern = "/sitters",
        Action<SittersPageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var environment = endpoints.ServiceProvider.GetService<IHostEnvironment>();
        var options = new SittersPageOptions { ReadOnly = environment?.IsDevelopment() is not true };
        if (environment?.ApplicationName is { Length: > 0 } name)
        {
            options.Title = $"Sitters: {name}";
        }

        configure?.Invoke(options);
        var group = endpoints.MapGroup(pattern);
        var mark = new PageMark(pattern);
        new PageEndpoints(options, mark, endpoints.ServiceProvider).MapTo(group);
        StartCheck.Add(group, endpoints, mark);
        return group;
    }

    /// <summary>The same at <c>/sitters</c>.</summary>
    /// <param name="endpoints">Where the page is added.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>What guards the page: its conventions hold for all that belongs to it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEndpointConventionBuilder MapSitters(this IEndpointRouteBuilder endpoints, Action<SittersPageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return endpoints.MapSitters("/sitters", configure);
    }
}
