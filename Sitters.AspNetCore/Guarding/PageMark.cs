namespace Sitters.AspNetCore.Guarding;

/// <summary>What every endpoint of one page has in its metadata.</summary>
/// <param name="pattern">Where the user mapped the page.</param>
internal sealed class PageMark(string pattern)
{
    public string Pattern { get; } = pattern;
}
