namespace Tests.Analyzers;

/// <summary>FodyWeavers.xml changes what is said of a method, as it does for the weaver.</summary>
internal sealed class ConfigurationTests
{
    private const string WithoutTimeout = """
        public class Orders
        {
            [Sit(OnTimeout = SitOutcome.Throw)]
            public Task Sync() => Task.CompletedTask;
        }
        """;

    [Test]
    public async Task what_a_method_lacks_without_it_is_told() =>
        Assert.That(await Sources.Tell(WithoutTimeout), Has.One.StartsWith("SIT014: [Sit] on Orders.Sync: OnTimeout has no effect: there is no timeout."));

    [Test]
    public async Task what_it_sets_for_all_counts() =>
        Assert.That(await Sources.Tell(WithoutTimeout, """<Weavers><Sitters TimeoutSeconds="3" /></Weavers>"""), Is.Empty);

    [Test]
    public async Task a_policy_of_it_counts_and_a_misspelt_one_is_told_with_the_nearest()
    {
        const string configuration = """<Weavers><Sitters><Policy Name="http" MaxAttempts="3" /></Sitters></Weavers>""";
        const string source = """
            public class Orders
            {
                [Sit(Policy = "http", RetryDelaySeconds = 1)]
                public Task Sync() => Task.CompletedTask;

                [Sit(Policy = "htp")]
                public Task Send() => Task.CompletedTask;
            }
            """;

        Assert.That(await Sources.Tell(source, configuration), Is.EqualTo(new[]
        {
            "SIT008: [Sit] on Orders.Send: there is no <Policy Name=\"htp\"> in FodyWeavers.xml; did you mean 'http'?",
        }));
    }

    [Test]
    public async Task what_it_applies_to_is_told_of_without_an_attribute()
    {
        const string configuration = """<Weavers><Sitters><Apply To="Orders.Get*" CacheSize="3" /></Sitters></Weavers>""";
        const string source = """
            public class Orders
            {
                public async Task<int> GetAsync(int[] numbers) => await Task.FromResult(numbers.Length);

                public async Task<int> ReadAsync(int[] numbers) => await Task.FromResult(numbers.Length);
            }
            """;

        Assert.That(await Sources.Tell(source, configuration), Has.One.StartsWith("SIT010: Orders.GetAsync is cached"));
    }

    [Test]
    public async Task what_it_applies_to_is_no_generated_code_that_bears_no_attribute()
    {
        const string configuration = """<Weavers><Sitters><Apply To="Orders.*" CacheSize="3" /></Sitters></Weavers>""";
        const string source = """
            [System.CodeDom.Compiler.GeneratedCode("generator", "1.0")]
            public class Orders
            {
                public async Task<int> GetAsync(int[] numbers) => await Task.FromResult(numbers.Length);

                [Sit(CacheSize = 3)]
                public async Task<int> ReadAsync(int[] numbers) => await Task.FromResult(numbers.Length);
            }
            """;

        Assert.That(await Sources.Tell(source, configuration), Has.One.StartsWith("SIT010: Orders.ReadAsync is cached").And.One.Items);
    }

    [Test]
    public async Task what_is_wrong_in_it_is_left_to_the_weaver() =>
        Assert.That(await Sources.Tell("public class Orders;", """<Weavers><Sitters TimeoutSecs="3"><Apply To="Nothing" /></Sitters></Weavers>"""), Is.Empty);

    [Test]
    public async Task nothing_is_told_while_it_cannot_be_read() =>
        Assert.That(await Sources.Tell(WithoutTimeout, "<Weavers><Sitters TimeoutSec"), Is.Empty);
}
