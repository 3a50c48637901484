namespace Sitters.Rules;

/// <summary>A name that no member fits.</summary>
/// <param name="Name">What is written.</param>
/// <param name="Problem">The sentence that says why it does not serve.</param>
/// <param name="Nearest">The name that was probably meant.</param>
/// <param name="CanBeAdded">Whether nothing bears the name, so that a member of it could be added.</param>
internal sealed record MissingMember(string Name, string Problem, string? Nearest = null, bool CanBeAdded = false);
