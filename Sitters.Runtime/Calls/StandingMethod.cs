using Sitters.Runtime.Mapping;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>One line of a call's tree: a method, and the await that it stands at.</summary>
/// <param name="Depth">How many are around it: those that follow with a higher number run inside it.</param>
/// <param name="Name">The method's full name.</param>
/// <param name="Place">The await; null if it is not known, or the method runs code.</param>
/// <param name="Since">Since when it is suspended there, by <see cref="CoarseTime"/>; 0 while it runs code.</param>
/// <param name="Call">The call whose own method it is; null for a helper.</param>
internal readonly record struct StandingMethod(int Depth, string Name, AwaitPlace? Place, int Since, Call? Call)
{
    public bool IsSuspended => Since != 0;

    public TimeSpan For => IsSuspended ? CoarseTime.Since(Since) : TimeSpan.Zero;

    public SitWait ToWait(IReadOnlyList<SitWait> children) => new(Name)
    {
        FilePath = Place?.FilePath,
        Line = Place is { Line: > 0 and var line } ? line : null,
        Awaits = Place?.Awaits,
        For = For,
        Children = children,
    };
}
