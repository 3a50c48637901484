using System.Reflection;
using System.Text.RegularExpressions;

namespace Tests.Models;

/// <summary>
/// The protocols between threads hold in every interleaving, with stores that others see late; and each part of them is needed: without
/// it, the search finds what then goes wrong.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class ModelTests
{
    private const BindingFlags AnyMember = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly ILookup<string, Type> _types =
        typeof(Sitters.Runtime.CompilerServices.Gate).Assembly.GetTypes().ToLookup(type => type.Name.Split('`')[0]);

    private static IEnumerable<object[]> Sizes => Model.All.SelectMany(model => model.Sizes, (model, size) => new object[] { model, size });

    private static IEnumerable<object[]> Faults =>
        Model.All.SelectMany(model => model.Faults, (model, fault) => new object[] { model, fault });

    [TestCaseSource(nameof(Sizes))]
    public async Task a_protocol_holds_in_every_interleaving(Model model, string size)
    {
        var found = await model.Check(size);

        Assert.That(found, Does.Contain("errors: 0").And.Not.Contains("Search not completed").And.Not.Contains("max search depth"));
    }

    [TestCaseSource(nameof(Faults))]
    public async Task a_fault_that_is_put_into_a_protocol_is_found(Model model, string fault) =>
        Assert.That(await model.Check(fault), Does.Contain("assertion violated"));

    [TestCaseSource(typeof(Model), nameof(Model.All))]
    public void each_fault_is_one_that_the_model_can_have(Model model) =>
        Assert.That(model.Faults.Select(fault => fault.Split(' ')[^1]).Concat(model.Sizes.Where(size => size != "")),
            Is.EquivalentTo(model.Switches));

    [TestCaseSource(typeof(Model), nameof(Model.All))]
    public void what_a_model_is_a_model_of_still_exists(Model model)
    {
        var source = string.Concat(model.Files.Select(file => File.ReadAllText(Repository.PathOf(file.Split('/')))));

        Assert.That(model.Members.Where(member => !Exists(member) || !Regex.IsMatch(source, $@"\b{member.Split('.')[1]}\b")), Is.Empty);
        Assert.That(model.Members, Is.Not.Empty);
    }

    private static bool Exists(string member) =>
        member.Split('.') is [var type, var name] && _types[type].Any(candidate => candidate.GetMember(name, AnyMember).Length > 0);
}
