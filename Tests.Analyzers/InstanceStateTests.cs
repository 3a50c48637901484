namespace Tests.Analyzers;

/// <summary>
/// What a method with a cache for all instances knows of its own. The weaver is silent where the analyzer ran, so that nothing must be missed.
/// </summary>
internal sealed class InstanceStateTests
{
    [TestCase("_count")]
    [TestCase("this is { _count: 5 } ? 1 : 2")]
    [TestCase("this is Orders other ? other._count : 1")]
    [TestCase("this is var other ? other._count : 1")]
    [TestCase("this switch { { _count: 3 } => 1, _ => 2 }")]
    [TestCase("this?._count ?? 1")]
    [TestCase("(this ?? new Orders())._count")]
    [TestCase("ToString().Length")]
    [TestCase("new Func<int>(() => _count)()")]
    public async Task every_way_to_read_it_is_told(string read) => Assert.That(await Told(read), Has.One.StartsWith("SIT016: Orders.Of "));

    [TestCase("this is null ? 1 : 2")]
    [TestCase("this is not null ? 1 : 2")]
    [TestCase("this == (object?)null ? 1 : 2")]
    [TestCase("this is IDisposable ? 1 : 2")]
    [TestCase("_shared")]
    [TestCase("_count = 1")]
    [TestCase("((_count, _shared) = (1, 2)).Item1")]
    public async Task what_is_the_same_for_all_is_not(string read) => Assert.That(await Told(read), Is.Empty);

    [Test]
    public async Task a_lambda_reads_what_a_local_function_that_it_calls_captures() => Assert.That(
        await Sources.Tell("""
            public class Orders
            {
                public Func<Task<int>> Make(int number)
                {
                    return [Sit(CacheSize = 1, CacheScope = CacheScope.Shared)] async () => await Task.FromResult(Outer());

                    int Outer() => Inner() + Outer();

                    int Inner()
                    {
                        var own = 1;
                        return own + number;
                    }
                }
            }
            """),
        Has.One.StartsWith("SIT016: Orders.Make.lambda reads 'number'"));

    [Test]
    public async Task a_parameter_of_the_head_in_another_file_belongs_to_the_instance() => Assert.That(
        (await Sources.Analyze(Sources.Compile("""
            public partial class Orders
            {
                public Func<Task<int>> Make() => [Sit(CacheSize = 1, CacheScope = CacheScope.Shared)] async () => await Task.FromResult(number);
            }
            """).AddSyntaxTrees(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(
                "public partial class Orders(int number);",
                Microsoft.CodeAnalysis.CSharp.CSharpParseOptions.Default.WithLanguageVersion(Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest),
                "Head.cs")))).Select(diagnostic => diagnostic.GetMessage()),
        Has.One.StartsWith("Orders.Make.lambda reads 'number'"));

    private static Task<IReadOnlyList<string>> Told(string read) => Sources.Tell($$"""
        public record Orders
        {
            private static int _shared;
            private int _count;

            [Sit(CacheSize = 1, CacheScope = CacheScope.Shared)]
            public async Task<int> Of() => await Task.FromResult({{read}});

            public void Count() => (_count, _shared) = (1, 2);
        }
        """);
}
