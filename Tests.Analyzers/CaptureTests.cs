using Microsoft.CodeAnalysis;

namespace Tests.Analyzers;

/// <summary>What a lambda or local function takes from around it: it decides whether an instance is at hand, and what is passed by reference.</summary>
internal sealed class CaptureTests
{
    [Test]
    public async Task a_named_argument_captures_nothing() => Assert.That(
        await Sources.Tell("""
            public class Orders
            {
                private int _count;

                public Func<Task> Make() => [Sit(StartupHooks = [nameof(Prepare)])] async () => _count = await Add(number: 1);

                private static Task<int> Add(int number) => Task.FromResult(number);

                private void Prepare() => _count = 0;
            }
            """),
        Is.Empty);

    [Test]
    public async Task nameof_captures_nothing() => Assert.That(
        await Sources.Tell("""
            public class Orders
            {
                private int _count;

                public Func<Task> Make(int number) => [Sit(StartupHooks = [nameof(Prepare)])] async () => _count = await Length(nameof(number));

                private static Task<int> Length(string name) => Task.FromResult(name.Length);

                private void Prepare() => _count = 0;
            }
            """),
        Is.Empty);

    [TestCase("_other is { Inner.Count: 1 }")]
    [TestCase("_other is { Count: 1 }")]
    [TestCase("nameof(Count) == \"\"")]
    [TestCase("new Orders { Count = 1 } is null")]
    public async Task what_is_named_of_another_instance_is_not_of_its_own(string condition) => Assert.That(
        await Sources.Tell($$"""
            public class Orders
            {
                private static readonly Orders _other = new();

                public int Count { get; set; }

                public Orders? Inner { get; set; }

                public Func<Task> Make() => [Sit(StartupHooks = [nameof(Prepare)])] async () => await Task.FromResult({{condition}});

                private void Prepare() => Count = 0;
            }
            """),
        Has.One.Contains("is an instance member that this method has no instance for"));

    [Test]
    public async Task the_value_that_a_setter_is_given_is_captured() => Assert.That(
        await Sources.Tell("""
            public class Orders
            {
                private int _count;
                private Func<Task>? _sync;

                public int Count
                {
                    set => _sync = [Sit(StartupHooks = [nameof(Prepare)])] async () => _count = await Task.FromResult(value);
                }

                private void Prepare() => _count = 0;
            }
            """),
        Has.One.Contains("is an instance member that this method has no instance for"));

    [Test]
    public async Task a_local_function_of_a_program_without_a_Main_takes_variables_by_reference() => Assert.That(
        await Program("""
            var count = 1;
            Console.WriteLine(await Sync());

            [Sit]
            Task<int> Sync() => Task.FromResult(count);
            """),
        Has.One.EqualTo("SIT009"));

    [Test]
    public async Task it_does_not_where_a_lambda_anywhere_in_the_program_may_keep_them() => Assert.That(
        await Program("""
            var count = 1;
            Func<int> read = () => count;
            Console.WriteLine(await Sync() + read());

            [Sit]
            Task<int> Sync() => Task.FromResult(count);
            """),
        Is.Empty);

    private static async Task<IEnumerable<string>> Program(string source)
    {
        var compilation = Sources.Compile(source);
        return (await Sources.Analyze(compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication))))
            .Select(diagnostic => diagnostic.Id);
    }
}
