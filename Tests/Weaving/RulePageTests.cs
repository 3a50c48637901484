using System.Reflection;
using System.Reflection.Emit;
using Sitters.Fody.Diagnostics;
using Sitters.Rules;

namespace Tests.Weaving;

/// <summary>A diagnostic says where its rule is explained, and never names an address that leads nowhere.</summary>
internal sealed class RulePageTests
{
    private string _package = "";
    private string _weaverFolder = "";
    private string _page = "";

    [SetUp]
    public void LayOutPackage()
    {
        _package = Directory.CreateTempSubdirectory("sitters-").FullName;
        _weaverFolder = Directory.CreateDirectory(Path.Combine(_package, "weaver")).FullName;
        _page = Path.Combine(Directory.CreateDirectory(Path.Combine(_package, "docs", "errors")).FullName, "SIT001.md");
        File.WriteAllText(_page, "# SIT001");
    }

    [TearDown]
    public void Delete() => Directory.Delete(_package, recursive: true);

    [TestCase("https://example.org/sitters")]
    [TestCase("https://example.org/sitters/")]
    [TestCase("https://example.org/sitters.git")]
    public void it_is_in_the_repository_once_that_has_an_address(string repository) => Assert.That(
        new RulePages(repository, _weaverFolder).See(KnownRules.UnsupportedReturnType),
        Is.EqualTo(" See https://example.org/sitters/blob/main/docs/errors/SIT001.md"));

    [TestCase(null)]
    [TestCase("")]
    public void it_is_in_the_package_as_long_as_the_repository_has_none(string? repository) =>
        Assert.That(new RulePages(repository, _weaverFolder).See(KnownRules.UnsupportedReturnType), Is.EqualTo($" See {_page}"));

    [Test]
    public void no_page_is_named_where_there_is_none()
    {
        Assert.That(new RulePages("", _weaverFolder).See(KnownRules.AsyncVoid), Is.Empty);
        Assert.That(new RulePages("", null).See(KnownRules.UnsupportedReturnType), Is.Empty);
    }

    [Test]
    public void the_address_of_the_repository_is_that_of_the_weavers_own_metadata()
    {
        var weaver = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Weaver"), AssemblyBuilderAccess.RunAndCollect);
        weaver.SetCustomAttribute(new CustomAttributeBuilder(
            typeof(AssemblyMetadataAttribute).GetConstructor([typeof(string), typeof(string)])!,
            ["RepositoryUrl", "https://example.org/sitters"]));

        Assert.That(
            RulePages.Of(weaver, null).See(KnownRules.AsyncVoid),
            Is.EqualTo(" See https://example.org/sitters/blob/main/docs/errors/SIT002.md"));
    }

    [Test]
    public void a_message_ends_with_its_page()
    {
        var texts = Weaver.Weave(Subject.Faulty, weaverFolder: _weaverFolder).Errors.Select(error => error.Text).ToArray();

        var withPage = texts.Where(text => text.StartsWith("SIT001", StringComparison.Ordinal)).ToArray();
        Assert.That(withPage, Is.Not.Empty.And.All.EndsWith($". See {_page}"));
        Assert.That(texts.Except(withPage), Is.Not.Empty.And.None.Contains(" See "));
    }

    [Test]
    public void details_follow_the_page() => Assert.That(
        KnownRules.UnsupportedReturnType.Broken("It does not fit", null, "IL_0000: ret").Message(new RulePages("", _weaverFolder)),
        Is.EqualTo($"SIT001: It does not fit. See {_page}{Environment.NewLine}IL_0000: ret"));
}
