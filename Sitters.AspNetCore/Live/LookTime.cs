namespace Sitters.AspNetCore.Live;

/// <summary>When a look was taken, by both clocks that what it tells goes by.</summary>
/// <param name="At">By the program's clock, which the ages of calls go by: Unix milliseconds.</param>
/// <param name="Ticks">By the system's, which waits go by whatever clock the program has: milliseconds since some moment.</param>
internal readonly record struct LookTime(long At, long Ticks)
{
    public static LookTime Now() => new(Sitter.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(), Environment.TickCount64);
}
