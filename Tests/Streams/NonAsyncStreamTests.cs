using Sitters;

namespace Tests.Streams;

/// <summary>Methods that return a stream without being async iterators.</summary>
internal sealed class NonAsyncStreamTests : StreamFixture
{
    [Test]
    public async Task the_body_runs_when_the_enumeration_begins()
    {
        var stream = Streams.PassedOn(() => Numbers(2))!;
        Assert.That(Stage.Lines, Is.Empty);
        Stage.OpenAll();

        Assert.That(await All(stream).InTime(), Is.EqualTo([1, 2]));
        Assert.That(Stage.Story, Is.EqualTo("startup, called, got 1, got 2, source finally, completion"));
    }

    [Test]
    public async Task what_the_body_throws_comes_with_the_first_element()
    {
        var stream = Streams.PassedOn(() => throw new ArgumentException("wrong"))!;

        await Assert.ThrowsAsync<ArgumentException>(() => All(stream).InTime());

        Assert.That(Stage.Story, Is.EqualTo("startup, called, exception ArgumentException"));
    }

    [Test]
    public async Task a_null_stream_is_an_error_that_names_the_method()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => All(Streams.PassedOn(() => null)!).InTime());

        Assert.That(failure!.Message, Does.Contain("SatStreams.PassedOn returned null"));
    }

    [Test]
    public async Task an_interrupt_leaves_the_step_behind_and_disposes_of_the_stream_when_that_ends()
    {
        var numbers = Streams.PassedOn(() => Numbers(2))!.GetAsyncEnumerator();
        var next = numbers.Ask();

        Sitter.Cancel();

        // It has the call's token, and so some time to end by itself.
        await Clock.WhenArmed(0.25);
        Clock.Advance(0.25);
        Assert.That(await next, Is.False);
        Assert.That(Stage.Story, Is.EqualTo("startup, called, cancellation"));
        Stage.Open("source");
        await Stage.Said("source finally");
    }

    [Test]
    public async Task the_consumers_token_reaches_the_source()
    {
        Stage.OpenAll();
        using var source = new CancellationTokenSource();
        var seen = new List<bool>();

        var failure = await Assert.CatchAsync<OperationCanceledException>(async () =>
        {
            var numbers = Streams.PassedOn(() => Numbers(3, token => seen.Add(token.CanBeCanceled)))!;
            await foreach (var number in numbers.WithCancellation(source.Token))
            {
                await source.CancelAsync();
            }
        });

        Assert.That(failure!.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(seen, Is.EqualTo([true]));
        Assert.That(Stage.Lines, Does.Contain("source finally").And.Contain("cancellation"));
    }

    [Test]
    public async Task an_enumerator_is_passed_on()
    {
        Stage.OpenAll();
        await using var numbers = Streams.EnumeratorPassedOn(Numbers(1));

        Assert.That(await numbers.Ask(), Is.True);
        Assert.That(await numbers.Ask(), Is.False);
        Assert.That(Stage.Story, Is.EqualTo("startup, source finally, completion"));
    }

    private async IAsyncEnumerable<int> Numbers(
        int count, Action<CancellationToken>? look = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
    {
        look?.Invoke(token);
        try
        {
            for (var i = 1; i <= count; i++)
            {
                await Stage.At("source");
                yield return i;
            }
        }
        finally
        {
            Stage.Say("source finally");
        }
    }
}
