namespace Sitters.Rules.Settings;

/// <summary>The longest times that can be set, in seconds.</summary>
internal static class Longest
{
    /// <summary>That a .NET timer accepts, in whole seconds: 2^32 - 2 milliseconds.</summary>
    public const double Timer = 4_294_967;

    /// <summary>That Polly accepts as a wait: one day.</summary>
    public const double RetryDelay = 86_400;

    /// <summary>A hundred years: added to the time of today, it stays within what dates and clocks can say.</summary>
    public const double CacheTime = 3_155_760_000;
}
