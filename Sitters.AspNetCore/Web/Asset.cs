using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Sitters.AspNetCore.Web;

/// <summary>A file of the page, as it lies in this assembly.</summary>
internal sealed class Asset
{
    private readonly string _contentType;
    private readonly byte[] _content;

    public Asset(string name, string contentType)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        _content = content.ToArray();
        _contentType = contentType;
    }

    public async Task Send(HttpContext context)
    {
        context.Response.ContentType = _contentType;
        context.Response.ContentLength = _content.Length;
        await context.Response.Body.WriteAsync(_content, context.RequestAborted).ConfigureAwait(false);
    }
}
