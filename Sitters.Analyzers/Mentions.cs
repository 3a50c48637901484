using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sitters.Analyzers;

/// <summary>
/// Which files name the attribute at all. A look at their text costs next to nothing, and what it rules out is not read any further: most
/// files have no <c>[Sit]</c>.
/// </summary>
internal sealed class Mentions
{
    private const string ShortName = "Sit";
    private const string Suffix = "Attribute";

    private readonly HashSet<SyntaxTree> _files = [];

    /// <summary>Whether one file gives the attribute another name in all of them.</summary>
    private readonly bool _isEverywhere;

    /// <param name="files">All files.</param>
    /// <param name="look">Looks at one, or knows it from before.</param>
    public Mentions(IEnumerable<SyntaxTree> files, Func<SyntaxTree, Mention> look)
    {
        foreach (var file in files)
        {
            var mention = look(file);
            if (mention != Mention.None)
            {
                _files.Add(file);
                _isEverywhere |= mention == Mention.Everywhere;
            }
        }
    }

    /// <summary>What a file is to others.</summary>
    public enum Mention
    {
        None,
        Here,
        Everywhere,
    }

    /// <summary>What was found in a file stays known as long as the file does not change.</summary>
    public static SyntaxTreeValueProvider<Mention> Known { get; } = new(Look);

    public bool Any => _files.Count > 0;

    public bool In(SyntaxTree file) => _isEverywhere || _files.Contains(file);

    public bool In(INamedTypeSymbol type) => _isEverywhere || AreIn(type.Locations);

    private bool AreIn(ImmutableArray<Location> parts)
    {
        foreach (var part in parts)
        {
            if (part.SourceTree is { } file && _files.Contains(file))
            {
                return true;
            }
        }

        return false;
    }

    public static Mention Look(SyntaxTree file)
    {
        var text = file.GetText().ToString();
        if (!IsIn(text) && !HasEscapes(text))
        {
            return Mention.None;
        }

        return file.GetRoot() is CompilationUnitSyntax unit && unit.Usings.Any(IsAliasForAll) ? Mention.Everywhere : Mention.Here;
    }

    private static bool IsAliasForAll(UsingDirectiveSyntax directive) => directive.Alias is not null
        && directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword)
        && directive.Name?.GetLastToken().ValueText == ShortName + Suffix;

    /// <summary>Whether the text has the name as a word: an alias of a single file has it too, where it is made.</summary>
    private static bool IsIn(string text)
    {
        for (var at = text.IndexOf(ShortName, StringComparison.Ordinal); at >= 0;)
        {
            var after = at + ShortName.Length;
            if (string.CompareOrdinal(text, after, Suffix, 0, Suffix.Length) == 0)
            {
                after += Suffix.Length;
            }

            if (!IsPartOfName(text, at - 1) && !IsPartOfName(text, after))
            {
                return true;
            }

            at = text.IndexOf(ShortName, after, StringComparison.Ordinal);
        }

        return false;
    }

    /// <summary>Whether a name may be written with escaped characters.</summary>
    private static bool HasEscapes(string text) => text.IndexOf("\\u", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsPartOfName(string text, int index) =>
        index >= 0 && index < text.Length && SyntaxFacts.IsIdentifierPartCharacter(text[index]);
}
