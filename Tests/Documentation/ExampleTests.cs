namespace Tests.Documentation;

/// <summary>What the pages show is what Samples runs.</summary>
internal sealed class ExampleTests
{
    private static IEnumerable<Page> Pages => Page.All.Where(page => page.ShowsSamples);

    private static IEnumerable<TestCaseData> Examples => Pages
        .SelectMany(page => page.Examples.Select(example => new TestCaseData(example) { TestName = $"{{m}}({page}, {example.Name})" }));

    [TestCaseSource(nameof(Examples))]
    public void an_example_is_the_one_that_is_compiled(Example example)
    {
        var region = SampleRegion.All.Single(region => region.Name == example.Name);

        Assert.That(example.Code, Is.EqualTo(region.Code));
        Assert.That(example.Usings.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.SubsetOf(region.Usings));
    }

    [Test]
    public void an_example_of_whole_types_can_be_pasted_with_its_using_of_sitters()
    {
        var whole = SampleRegion.All.Where(region => region.IsWhole).Select(region => region.Name).ToHashSet();
        var examples = Pages.SelectMany(page => page.Examples).Where(example => whole.Contains(example.Name)).ToArray();

        Assert.That(examples, Is.Not.Empty);
        Assert.That(examples.Where(example => !example.Usings.EndsWith("using Sitters;\n", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void every_block_of_code_is_such_an_example(Page page) =>
        Assert.That(page.Examples.Count(), Is.EqualTo(page.CodeBlocks.Count()));

    [Test]
    public void every_sample_for_a_page_is_shown_exactly_once() =>
        Assert.That(Pages.SelectMany(page => page.Examples).Select(example => example.Name),
            Is.EquivalentTo(SampleRegion.All.Select(region => region.Name)));

    [Test]
    public void the_readme_of_the_packages_shows_examples_of_the_readme()
    {
        var readme = Page.Get("README.md").CodeBlocks.ToArray();
        var shown = Page.Get(Page.PackageReadme).CodeBlocks.ToArray();

        Assert.That(shown, Is.Not.Empty);
        Assert.That(shown, Is.SubsetOf(readme));
    }
}
