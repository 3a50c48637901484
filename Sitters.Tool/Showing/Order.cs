using System.Text.Json;
using Sitters.Tool.Reaching;

namespace Sitters.Tool.Showing;

/// <summary>Who did what, and why.</summary>
internal static class Order
{
    /// <summary>By whom, from where and why, as far as it is known: by ann (Tool): "deploying".</summary>
    public static string Text(JsonElement control)
    {
        var identity = control.Text("identity") is { Length: > 0 } who ? $"by {Fit.Harmless(who)}" : null;
        var source = control.Text("source") is { Length: > 0 } from ? $"({Fit.Harmless(from)})" : null;
        var by = string.Join(' ', new[] { identity, source }.OfType<string>());
        return control.Text("reason") is { Length: > 0 } why ? $"{by}{(by.Length > 0 ? ": " : "")}\"{Fit.Harmless(why)}\"" : by;
    }
}
