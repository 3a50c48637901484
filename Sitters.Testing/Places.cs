using System.Text;

namespace Sitters.Testing;

/// <summary>Where calls stand, in words.</summary>
internal static class Places
{
    /// <summary>All calls of a scope, each with its methods.</summary>
    public static string Of(SitterScope scope)
    {
        var text = new StringBuilder();
        foreach (var call in scope.ActiveCalls)
        {
            text.Append("  ").AppendLine(call.ToString());
            Append(text, call.Waits, "    ");
        }

        return text.ToString().TrimEnd();
    }

    public static string Of(SitContext call)
    {
        var text = new StringBuilder();
        Append(text, call.Waits, "");
        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, IReadOnlyList<SitWait> waits, string indent)
    {
        foreach (var wait in waits)
        {
            text.Append(indent).AppendLine(wait.ToString());
            Append(text, wait.Children, indent + "  ");
        }
    }
}
