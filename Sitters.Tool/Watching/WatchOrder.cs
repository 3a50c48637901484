using Sitters.Tool.Commands;

namespace Sitters.Tool.Watching;

/// <summary>What the user wants done to the marked calls.</summary>
internal sealed record WatchOrder(Verb Verb, IReadOnlyList<string> Calls, string? Reason);
