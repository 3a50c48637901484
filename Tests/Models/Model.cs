using System.Text.RegularExpressions;

namespace Tests.Models;

/// <summary>A model in Promela, as its file describes it: what it is a model of, and the faults that can be put into it.</summary>
internal sealed partial class Model
{
    private static readonly string _folder = Repository.PathOf("Tests", "Models");

    private readonly string _text;

    private Model(string name)
    {
        Name = name;
        _text = File.ReadAllText(Path.Combine(_folder, name + ".pml"));
    }

    public static IReadOnlyList<Model> All { get; } = [new("await"), new("register"), new("broadcast")];

    public string Name { get; }

    /// <summary>The definitions that choose how much it holds; more than one where the whole would be too large.</summary>
    public IEnumerable<string> Sizes => _text.Contains("#ifdef PAUSES", StringComparison.Ordinal) ? ["", "PAUSES"] : [""];

    /// <summary>The members of the runtime that it models, as "Type.Member".</summary>
    public IEnumerable<string> Members => Lists("models");

    /// <summary>The files that these stand in.</summary>
    public IEnumerable<string> Files => Lists("in");

    /// <summary>The names of the faults, each with the definition of the size in which it shows, if it has more than one.</summary>
    public IEnumerable<string> Faults => Lines("fault").Select(line => FaultName().Match(line).Value);

    /// <summary>All names of which the text depends.</summary>
    public IEnumerable<string> Switches => Switch().Matches(_text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Has spin look at every state that the model can come to.</summary>
    /// <param name="definitions">What is defined: a size, and a fault.</param>
    /// <returns>What the search says.</returns>
    public async Task<string> Check(string definitions)
    {
        Spin.IgnoreWithoutIt();
        var folder = Directory.CreateTempSubdirectory("sitters-model-");
        try
        {
            foreach (var file in Directory.GetFiles(_folder, "*.pml"))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            return await Spin.Check(folder.FullName, Name + ".pml", definitions.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public override string ToString() => Name;

    private IEnumerable<string> Lists(string kind) => Lines(kind).SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries));

    private IEnumerable<string> Lines(string kind) => _text.Split('\n')
        .Where(line => line.StartsWith($" * {kind}: ", StringComparison.Ordinal)).Select(line => line[(kind.Length + 5)..]);

    [GeneratedRegex(@"^[A-Z_]+( [A-Z_]{3,})?")]
    private static partial Regex FaultName();

    [GeneratedRegex(@"^#ifn?def (\w+)", RegexOptions.Multiline)]
    private static partial Regex Switch();
}
