using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>Each token parameter stands for the caller's and the sitter's at once.</summary>
internal sealed class TokenParameterTests : ControllerFixture
{
    private static readonly string[] _methods = ["First", "Last", "Nullable", "Several"];

    [TestCaseSource(nameof(_methods))]
    public async Task a_cancel_fires_the_token_that_the_method_was_given(string method)
    {
        var scene = Set<Tokens>();
        using var callers = new CancellationTokenSource();
        var call = Start(scene, method, callers.Token);
        Assert.That(scene.Given, Has.All.Matches<CancellationToken>(token => token.CanBeCanceled && !token.IsCancellationRequested));

        Sitter.Cancel();

        await Ends(call, default, "begins, finally, cancellation");
        Assert.That(scene.Given, Has.All.Matches<CancellationToken>(token => token.IsCancellationRequested));
        Assert.That(callers.IsCancellationRequested, Is.False);
    }

    [TestCaseSource(nameof(_methods))]
    public async Task a_callers_cancelled_token_interrupts_like_a_cancel_and_gives_that_token(string method)
    {
        var scene = Set<Tokens>();
        using var callers = new CancellationTokenSource();
        var call = Start(scene, method, callers.Token);

        callers.Cancel();

        var exception = await Assert.CatchAsync<OperationCanceledException>(() => call.InTime());
        Assert.That(exception!.CancellationToken, Is.EqualTo(callers.Token));
        Assert.That(call.IsCanceled, Is.True);
        Assert.That(Stage.Story, Is.EqualTo("begins, finally, cancellation"));
        Assert.That(scene.Given, Has.All.Matches<CancellationToken>(token => token.IsCancellationRequested));
    }

    [TestCaseSource(nameof(_methods))]
    public async Task a_token_that_was_cancelled_before_the_call_gives_that_token(string method)
    {
        var callers = new CancellationToken(true);

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => Start(Set<Tokens>(), method, callers));

        Assert.That(exception!.CancellationToken, Is.EqualTo(callers));
        Assert.That(Stage.Lines, Does.Contain("cancellation").And.Not.Contain("went on"));
    }

    [TestCaseSource(nameof(_methods))]
    public async Task a_callers_token_that_never_fires_changes_nothing(string method)
    {
        using var callers = new CancellationTokenSource();
        var call = Start(Set<Tokens>(), method, callers.Token);

        Stage.Open("work");

        Assert.That(await call.InTime(), Is.Not.Zero);
        Assert.That(Stage.Story, Is.EqualTo("begins, went on, finally"));
    }

    [Test]
    public async Task each_of_several_tokens_interrupts([Values(0, 1, 2)] int which)
    {
        CancellationTokenSource[] callers = [new(), new(), new()];
        var call = Set<Tokens>().Several(callers[0].Token, "", callers[1].Token, callers[2].Token);

        callers[which].Cancel();

        var exception = await Assert.CatchAsync<OperationCanceledException>(() => call.InTime());
        Assert.That(exception!.CancellationToken, Is.EqualTo(callers[which].Token));
    }

    [Test]
    public async Task a_nullable_token_that_is_null_is_given_too()
    {
        var scene = Set<Tokens>();
        var call = scene.Nullable(null);

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(scene.Given.Single().IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task a_method_that_leaves_the_await_to_its_token_is_cancelled_through_it([Values] bool isAsync, [Values] bool byCaller)
    {
        using var callers = new CancellationTokenSource();
        var scene = Set<Tokens>();
        var call = isAsync ? scene.PassesItOn(callers.Token) : scene.NotAsync(callers.Token);

        if (byCaller)
        {
            callers.Cancel();
            var exception = await Assert.CatchAsync<OperationCanceledException>(() => call.InTime());
            Assert.That(exception!.CancellationToken, Is.EqualTo(callers.Token));
        }
        else
        {
            Sitter.Cancel();
            Assert.That(await call.InTime(), Is.Default);
        }

        Assert.That(Stage.Story, Is.EqualTo("begins, cancellation"));
    }

    [Test]
    public async Task a_restart_gives_a_fresh_token()
    {
        var scene = Set<Tokens>();
        using var callers = new CancellationTokenSource();
        var call = scene.StartsAgain(callers.Token);

        Sitter.Restart();
        await Stage.Reached("work", 2);
        Stage.Open("work");

        Assert.That(await call.InTime(), Is.EqualTo(1));
        Assert.That(scene.Given.Select(token => token.IsCancellationRequested), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task a_callers_token_reaches_a_paused_call()
    {
        using var callers = new CancellationTokenSource();
        var call = Set<Tokens>().First(callers.Token, 1);
        Sitter.Pause();

        callers.Cancel();

        await Assert.CatchAsync<OperationCanceledException>(() => call.InTime());
        Sitter.Resume();
        Assert.That(Stage.Story, Is.EqualTo("begins, finally, cancellation"));
    }

    private static Task<int?> Start(Tokens scene, string method, CancellationToken token) => method switch
    {
        "First" => scene.First(token, 1),
        "Last" => scene.Last(1, token).AsTask(),
        "Nullable" => scene.Nullable(token),
        _ => scene.Several(token, "", token, token),
    };
}
