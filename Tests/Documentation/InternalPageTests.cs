using System.Reflection;
using System.Text.RegularExpressions;

namespace Tests.Documentation;

/// <summary>The pages about the inside name files, types and members: each of them exists.</summary>
internal sealed partial class InternalPageTests
{
    private const BindingFlags AnyMember = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Assembly[] _own =
    [
        typeof(Sitters.Sitter).Assembly, typeof(Sitters.Runtime.CompilerServices.Gate).Assembly, typeof(Sitters.Fody.ModuleWeaver).Assembly,
    ];

    private static readonly ILookup<string, Type> _ownTypes = TypesOf(_own);

    private static readonly ILookup<string, Type> _otherTypes = TypesOf(
        typeof(object).Assembly, typeof(Stack<>).Assembly, typeof(Polly.ResiliencePipeline).Assembly);

    private static readonly HashSet<string> _ownNames =
    [
        .. _ownTypes.Select(types => types.Key),
        .. _ownTypes.SelectMany(types => types).SelectMany(type => type.GetMembers(AnyMember)).Select(member => member.Name),
        .. _own.SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.Namespace?.Split('.') ?? []),
    ];

    /// <summary>Decision records are not rewritten when the code moves on.</summary>
    private static IEnumerable<Page> Pages => Page.All.Where(page =>
        page.Name.StartsWith("docs/internals/", StringComparison.Ordinal)
        && !page.Name.StartsWith("docs/internals/decisions/", StringComparison.Ordinal));

    [TestCaseSource(nameof(Pages))]
    public void every_file_and_folder_that_a_page_names_exists(Page page) =>
        Assert.That(page.CodeSpans.Where(span => FilePath().IsMatch(span) && !Exists(span)), Is.Empty);

    [TestCaseSource(nameof(Pages))]
    public void every_member_that_a_page_names_exists(Page page)
    {
        var missing = from span in page.CodeSpans
                      let name = QualifiedMember().Match(span)
                      where name.Success && !FilePath().IsMatch(span)
                      let types = _ownTypes[name.Groups["type"].Value].Concat(_otherTypes[name.Groups["type"].Value])
                      where !types.Any(type => Has(type, name.Groups["member"].Value))
                      select span;

        Assert.That(missing, Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void every_single_name_on_a_page_is_one_of_the_code_or_a_folder(Page page) =>
        Assert.That(page.CodeSpans.Where(span => SingleName().IsMatch(span) && !IsKnown(span)), Is.Empty);

    [Test]
    public void the_pages_name_files_and_members()
    {
        var spans = Pages.SelectMany(page => page.CodeSpans).ToArray();

        Assert.That(spans.Count(FilePath().IsMatch), Is.GreaterThan(50));
        Assert.That(spans.Count(QualifiedMember().IsMatch), Is.GreaterThan(50));
    }

    [Test]
    public void every_lock_is_on_the_page_about_concurrency()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "internals", "concurrency.md"));

        var locks = new[] { "Sitters", "Sitters.Runtime" }
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(path => LockOfField().Matches(File.ReadAllText(path)).Select(found => Path.GetFileName(path).Split('.')[0] + found.Groups["field"].Value switch
            {
                // An object that is its own lock.
                "this" => "",
                var field => $".{field}",
            }))
            .ToHashSet();

        Assert.That(locks.Count, Is.GreaterThan(20));
        Assert.That(locks.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    private static ILookup<string, Type> TypesOf(params Assembly[] assemblies) =>
        assemblies.SelectMany(assembly => assembly.GetTypes()).ToLookup(type => type.Name.Split('`')[0]);

    /// <summary>From the root, or within Sitters.Runtime, of which the pages mostly speak.</summary>
    private static bool Exists(string path) =>
        new[] { Repository.PathOf(path.Split('/')), Repository.PathOf(["Sitters.Runtime", .. path.Split('/')]) }
            .Any(candidate => File.Exists(candidate) || Directory.Exists(candidate));

    private static bool IsKnown(string name) => _ownNames.Contains(name) || _otherTypes.Contains(name) || Exists(name);

    private static bool Has(Type type, string member)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMember(member, AnyMember).Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\block \((?<field>_\w+|this)\)")]
    private static partial Regex LockOfField();

    [GeneratedRegex(@"^[\w.\-]+(/[\w.\-]+)+/?$|^[\w.\-]+\.(cs|csproj|md|props|sln|targets|txt|xcf)$")]
    private static partial Regex FilePath();

    [GeneratedRegex(@"^(?!Sitters\.)(?<type>[A-Z]\w*)\.(?<member>\w+)$")]
    private static partial Regex QualifiedMember();

    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*$")]
    private static partial Regex SingleName();
}
