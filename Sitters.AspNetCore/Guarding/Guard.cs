using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Sitters.AspNetCore.Guarding;

/// <summary>Whether somebody has said who may see a page.</summary>
internal static class Guard
{
    /// <summary>What the metadata of an endpoint must have: a word of the user's for this page. The fallback policy is none, as it may be taken away
    /// for reasons that have nothing to do with the page.</summary>
    public static bool Stands(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<IAuthorizeData>() is not null
        || metadata.GetMetadata<AuthorizationPolicy>() is not null
        || metadata.GetMetadata<IAuthorizationRequirementData>() is not null
        || metadata.GetMetadata<IAllowAnonymous>() is not null;

    public static string WhatToWrite(string pattern) =>
        $"The page of Sitters at '{pattern}' steers the process, and nobody has said who may see it. " +
        $"Write app.MapSitters(\"{pattern}\").RequireAuthorization(...) with a policy for those who operate the application (or on a group " +
        "around it), or .AllowAnonymous() where everybody who reaches it may.";
}
