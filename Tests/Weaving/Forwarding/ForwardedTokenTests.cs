using System.Collections.Concurrent;
using Sitters;
using Tests.Gating;

namespace Tests.Weaving.Forwarding;

/// <summary>Which calls of the code under control are given the call's token, and by which way.</summary>
[TestFixtureSource(typeof(Compilations), nameof(Compilations.All))]
internal sealed class ForwardedTokenTests(string compilation) : ControllerFixture
{
    private const string Overload = "overload with a token";
    private const string Optional = "optional with a token";
    private const string Plain = "plain";

    private static readonly Dictionary<string, string> _shapes = new()
    {
        ["Optional"] = Optional,
        ["OptionalInTheMiddle"] = "between with a token",
        ["Overload"] = Overload,
        ["Configured"] = Overload,
        ["ValueTask"] = Overload,
        ["ValueTaskInstead"] = Overload,
        ["TaskInstead"] = Overload,
        ["Generic"] = Overload,
        ["Extension"] = Overload,
        ["Interface"] = Overload,
        ["BaseInterface"] = Overload,
        ["Constrained"] = Overload,
        ["Struct"] = Overload,
        ["GenericType"] = Overload,
        ["Inherited"] = Overload,
        ["Overridden"] = "override with a token",
        ["OneOfTwo"] = Overload,
        ["Variable"] = Overload,
        ["ValueTaskVariable"] = Overload,
        ["All"] = $"{Overload}, {Optional}",
        ["AllBesideSomeThatAreKept"] = $"{Plain}, optional, {Overload}, {Optional}",
        ["Any"] = $"{Overload}, {Optional}",
        ["AllOfAList"] = $"{Overload}, {Overload}",
        ["AllOfAnArray"] = $"{Overload}, {Optional}",
        ["AllSelected"] = $"{Overload}, {Overload}",
        ["AllSelectedByAStatic"] = Optional,
        ["AllSelectedWithTheirIndices"] = Overload,
        ["AllOfASelectedList"] = $"{Overload}, {Overload}",
        ["OneByOneOfASelectedArray"] = $"{Overload}, {Overload}",
        ["EachSelected"] = $"{Overload}, {Overload}",
        ["AllOfAMethodGroup"] = Overload,
        ["AllOfALocalFunction"] = Overload,
        ["AllOfALambdaInAVariable"] = $"{Overload}, {Overload}",
        ["AllOfNestedOnes"] = $"{Overload}, {Overload}, {Overload}, {Overload}",
        ["Ran"] = Overload,
        ["InParallel"] = Overload,
        ["NotAsyncAllSelected"] = Overload,
        ["OptionalNullable"] = "nullable with a token",
        ["ConfiguredStream"] = "stream with a token",
        ["OneByOne"] = $"{Overload}, {Optional}",
        ["Stream"] = "stream with a token",
        ["StreamOfAnother"] = "stream with a token",
        ["NotAsync"] = Overload,
        ["NotAsyncOptional"] = Optional,
        ["ThroughAHelper"] = $"{Overload}, {Optional}",
    };

    private static readonly Dictionary<string, string> _asWritten = new()
    {
        ["UsersNone"] = "optional",
        ["UsersNoneForAVariable"] = "overload",
        ["Unawaited"] = Plain,
        ["Kept"] = Plain,
        ["KeptAndAwaited"] = Plain,
        ["AllKept"] = $"{Plain}, optional",
        ["LambdaCalledUnawaited"] = Plain,
        ["LambdaKept"] = Plain,
        ["LambdaWhoseTasksAreKept"] = Plain,
        ["MethodGroupUsedElsewhere"] = Plain,
        ["ConfiguredStreamWithTheUsersNone"] = "stream",
        ["UsersNoneForANullable"] = "nullable none",
        ["ObsoleteOverload"] = Plain,
        ["OtherResult"] = Plain,
        ["TokenFirst"] = Plain,
        ["NoOverload"] = Plain,
        ["OfBase"] = Plain,
        ["Continued"] = Plain,
    };

    private readonly ConcurrentQueue<string> _said = new();
    private readonly ConcurrentQueue<CancellationToken> _tokens = new();

    private string Said => string.Join(", ", _said);

    [SetUp]
    public void Clear()
    {
        _said.Clear();
        _tokens.Clear();
    }

    [Test]
    public async Task a_call_that_is_awaited_is_given_the_token([ValueSource(nameof(Shapes))] string shape)
    {
        await Run(shape).InTime();

        Assert.That(Said, Is.EqualTo(_shapes[shape]));
    }

    [Test]
    public async Task a_call_stays_as_it_is_written([ValueSource(nameof(AsWritten))] string shape)
    {
        await Run(shape).InTime();

        Assert.That(Said, Is.EqualTo(_asWritten[shape]));
    }

    [Test]
    public async Task a_method_does_not_come_to_call_itself()
    {
        await Run("Itself", CancellationToken.None).InTime();

        Assert.That(Said, Is.EqualTo(Plain));
    }

    [Test]
    public async Task outside_of_a_call_everything_is_called_as_it_is_written()
    {
        await Run("HelperOfAll").InTime();

        Assert.That(Said, Is.EqualTo("plain, optional, plain, stream, stream, plain, null"));
    }

    [TestCase("Cleanup", "plain, optional, plain, plain, null")]
    [TestCase("CleanupOfAHelper", "plain, plain")]
    public async Task nothing_is_given_a_token_in_cleanup(string shape, string said)
    {
        var call = Run(shape, () => Stage.At("work"));

        Sitter.Cancel();

        Assert.That(async () => await call.InTime(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Said, Is.EqualTo(said));
    }

    [Test]
    public async Task the_token_fires_when_the_call_is_interrupted()
    {
        var call = Run("Variable", () => Stage.At("work"));

        Sitter.Cancel();

        Assert.That(async () => await call.InTime(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_tokens.Single().IsCancellationRequested, Is.True);
    }

    private static IEnumerable<string> Shapes() => _shapes.Keys;

    private static IEnumerable<string> AsWritten() => _asWritten.Keys;

    private Task Run(string method, params object[] arguments) => Run(method, () => Task.CompletedTask, arguments);

    private Task Run(string method, Func<Task> arrive, params object[] arguments)
    {
        var assembly = Compilations.Get(compilation);
        var operation = Activator.CreateInstance(assembly.GetType("AssemblyToProcess.Operation")!, (Action<string, CancellationToken>)Record)!;
        var type = assembly.GetType("AssemblyToProcess.Forwarding")!;
        var definition = type.GetMethods().Single(candidate => candidate.Name == method && candidate.GetParameters().Length == arguments.Length);
        return definition.Invoke(Activator.CreateInstance(type, operation, arrive), arguments) switch
        {
            Task task => task,
            var result => ((ValueTask<int>)result!).AsTask(),
        };
    }

    private void Record(string way, CancellationToken token)
    {
        _said.Enqueue(token.CanBeCanceled ? way + " with a token" : way);
        _tokens.Enqueue(token);
    }
}
