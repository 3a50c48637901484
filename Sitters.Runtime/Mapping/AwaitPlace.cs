namespace Sitters.Runtime.Mapping;

/// <summary>One await in the source.</summary>
/// <param name="Method">The method that it stands in.</param>
/// <param name="FilePath">As the symbols had it; null where there were none.</param>
/// <param name="Line">Counted from 1; 0 if it is not known.</param>
/// <param name="Awaits">What is awaited, as in <c>HttpClient.GetStringAsync</c>; null if it is not known.</param>
/// <param name="IsUncontrolled">What is awaited is code that is neither woven nor the framework's.</param>
internal sealed record AwaitPlace(MappedMethod Method, string? FilePath, int Line, string? Awaits, bool IsUncontrolled);
