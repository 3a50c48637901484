using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;
using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Stress;

/// <summary>
/// An interrupt meets what a body was about to get, at the same moment, ten thousand times: whoever comes first, nothing is lost. The
/// bodies know no token.
/// </summary>
internal sealed class NothingLostTests : ControllerFixture
{
    private const int Rounds = 10_000;

    private readonly Races _subject = new();

    [Test]
    public async Task every_permit_is_used_or_still_there()
    {
        using var duel = new Duel();
        using var semaphore = new SemaphoreSlim(0);
        var used = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var call = _subject.UsePermit(semaphore);
            duel.Fight(() => Clock.Advance(1), () => semaphore.Release());
            used += await call.InTime() is null ? 0 : 1;

            Assert.That(semaphore.CurrentCount, Is.EqualTo(1), $"permits after round {round}");
            await semaphore.WaitAsync();
        }

        Report("timed out", Rounds - used);
    }

    [Test]
    public async Task every_item_is_taken_or_still_there()
    {
        using var duel = new Duel();
        var channel = Channel.CreateUnbounded<int>();
        var left = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var taken = new ConcurrentQueue<int>();
            var call = _subject.TakeItem(channel.Reader, taken.Enqueue);
            var item = round;
            duel.Fight(Sitter.Cancel, () => channel.Writer.TryWrite(item));
            await call.InTime();
            if (channel.Reader.TryRead(out var rest))
            {
                taken.Enqueue(rest);
                left++;
            }

            Assert.That(taken, Is.EqualTo(new[] { item }), $"items of round {round}");
        }

        Report("cancelled", left);
    }

    [Test]
    public async Task an_item_that_comes_after_a_loop_over_a_stream_was_cancelled_is_still_there()
    {
        var channel = Channel.CreateUnbounded<int>();
        var taken = new List<int>();
        var call = _subject.TakeItems(channel.Reader, taken);

        Sitter.Cancel();
        await call.InTime();
        channel.Writer.TryWrite(7);

        Assert.That(taken, Is.Empty);
        Assert.That(channel.Reader.TryRead(out var item), Is.True);
        Assert.That(item, Is.EqualTo(7));
    }

    [Test]
    public async Task every_byte_is_read_or_still_there()
    {
        using var duel = new Duel();
        var pipe = new Pipe();
        var left = 0;
        for (var round = 0; round < Rounds; round++)
        {
            long taken = 0;
            var call = _subject.TakeBytes(pipe.Reader, bytes => Interlocked.Add(ref taken, bytes));
            duel.Fight(Sitter.Cancel, () => pipe.Writer.WriteAsync(new byte[3]).AsTask().Wait());
            await call.InTime();
            if (pipe.Reader.TryRead(out var rest))
            {
                taken += rest.Buffer.Length;
                pipe.Reader.AdvanceTo(rest.Buffer.End);
                left++;
            }

            Assert.That(taken, Is.EqualTo(3), $"bytes of round {round}");
        }

        Report("cancelled", left);
    }

    [Test]
    public async Task every_lease_is_returned()
    {
        using var duel = new Duel();
        using var pool = new LeasePool(1);
        for (var round = 0; round < Rounds; round++)
        {
            // The other has the only lease, and gives it back at the moment when the call starts anew.
            var other = await pool.RentAsync();
            var call = _subject.Rent(pool, () => Task.CompletedTask);
            duel.Fight(Sitter.Restart, () => other.DisposeAsync().AsTask().Wait());

            Assert.That(await call.InTime(), Is.EqualTo(1), $"round {round}");
            Assert.That((pool.Out, pool.Free), Is.EqualTo((0, 1)), $"leases out and free after round {round}");
        }
    }

    /// <summary>Both ends must come up, or the race is none.</summary>
    private static void Report(string what, int count)
    {
        TestContext.Out.WriteLine($"{count} of {Rounds} {what}");
        Assert.That(count, Is.InRange(1, Rounds - 1), what);
    }
}
