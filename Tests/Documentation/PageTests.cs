namespace Tests.Documentation;

/// <summary>A page is found, and what it links to is there.</summary>
internal sealed class PageTests
{
    private const int Kilobyte = 1024;

    private static IEnumerable<Page> Pages => Page.All;

    [TestCaseSource(nameof(Pages))]
    public void every_link_leads_somewhere(Page page)
    {
        var targets = page.Links.Where(link => !link.Contains(':'));

        Assert.That(targets.Where(target => !Leads(page, target)), Is.Empty);
    }

    [Test]
    public void links_to_pages_and_to_their_sections_are_among_those_that_are_looked_at()
    {
        var links = Pages.SelectMany(page => page.Links).ToArray();

        Assert.That(links, Has.Some.EndsWith(".md"));
        Assert.That(links, Has.Some.Contains(".md#"));
    }

    [Test]
    public void the_readme_is_one_page() => Assert.That(Page.Get("README.md").Size, Is.AtMost(9 * Kilobyte));

    [Test]
    public void the_index_leads_to_every_page_of_its_folder()
    {
        var index = Page.Get("docs/README.md");
        var pages = Pages.Select(page => page.Name).Where(name => Path.GetDirectoryName(name) == "docs").ToArray();

        Assert.That(pages, Has.Length.GreaterThan(2));
        Assert.That(pages.Except(index.Links.Select(link => $"docs/{link}")), Is.EquivalentTo([index.Name, Page.PackageReadme]));
    }

    [Test]
    public void the_readme_of_the_packages_is_short_and_links_to_nothing_but_addresses()
    {
        var page = Page.Get(Page.PackageReadme);

        Assert.That(page.Size, Is.AtMost(2.5 * Kilobyte));
        Assert.That(page.Links, Is.Not.Empty.And.All.StartsWith("https://"));
    }

    private static bool Leads(Page from, string target)
    {
        var parts = target.Split('#');
        var file = parts[0].Length == 0 ? from.FullPath : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from.FullPath)!, parts[0]));
        return File.Exists(file) && (parts.Length == 1 || Pages.Single(page => page.FullPath == file).Anchors.Contains(parts[1]));
    }
}
