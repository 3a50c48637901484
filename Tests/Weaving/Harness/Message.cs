namespace Tests.Weaving;

/// <summary>One thing that the weaver told, and where.</summary>
internal sealed record Message(string Severity, string Text, string? File, int Line)
{
    public string Code => Text.Split(':')[0];
}
