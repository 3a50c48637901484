using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Stress;

/// <summary>Caches that many threads use at once.</summary>
internal sealed class CacheStressTests : ControllerFixture
{
    [Test]
    public async Task a_key_has_one_run_at_a_time()
    {
        var subject = new CachedByMany();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 2000; i++)
            {
                var key = random.Next(5);
                Assert.That(await subject.Alone(key), Is.EqualTo(key));
            }
        }))).InTime();

        Assert.That(subject.WasTwice, Is.False);
    }

    [Test]
    public async Task callers_that_give_up_leave_no_run_behind_that_never_ends()
    {
        var subject = new CachedByMany();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 2000; i++)
            {
                using var source = new CancellationTokenSource();
                var call = subject.Given(random.Next(3), source.Token);
                if (random.Next(2) == 0)
                {
                    await source.CancelAsync();
                }

                await call.EndInTime();
            }
        }))).InTime();
    }

    [Test]
    public async Task clearing_disturbs_no_call()
    {
        var subject = new CachedByMany();
        using var isOver = new CancellationTokenSource();
        var clearing = Task.Run(async () =>
        {
            while (!isOver.IsCancellationRequested)
            {
                Sitter.ClearCaches("*.CachedByMany.Given");
                await Task.Yield();
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                Assert.That(await subject.Given(i % 3, CancellationToken.None), Is.EqualTo(i % 3));
            }
        }))).InTime();
        await isOver.CancelAsync();
        await clearing.InTime();
    }
}
