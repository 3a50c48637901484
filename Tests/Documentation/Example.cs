namespace Tests.Documentation;

/// <summary>A block of code on a page.</summary>
/// <param name="Name">The sample that it shows.</param>
/// <param name="Usings">The using directives in front of it.</param>
/// <param name="Code">The code behind those.</param>
internal sealed record Example(string Name, string Usings, string Code);
