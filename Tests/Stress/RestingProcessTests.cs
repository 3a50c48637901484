using AssemblyToProcess.Gating;
using Sitters;
using Sitters.Runtime.Calls;

namespace Tests.Stress;

/// <summary>While no sat call is active, helpers do not look for one. That must never hide a call that begins just then.</summary>
[NonParallelizable]
internal sealed class RestingProcessTests
{
    private const int Calls = 1_500;
    private volatile bool _isOver;

    [Test]
    public async Task comes_to_rest_after_the_last_call()
    {
        await new Resting().Completes();

        Assert.That(ActiveCallHint.TryClear(), Is.False);
        Assert.That(ActiveCallHint.MayBeAny, Is.False);
    }

    [Test]
    public async Task is_awake_within_a_call()
    {
        var isAwake = false;
        await new Resting { Meanwhile = () => isAwake = ActiveCallHint.TryClear() && ActiveCallHint.MayBeAny }.Completes();

        Assert.That(isAwake, Is.True);
    }

    [TestCase(nameof(Resting.Unflowed))]
    [TestCase(nameof(Resting.Flowed))]
    [TestCase(nameof(Resting.OnAnotherThread))]
    public async Task wakes_for_each_call_and_its_helper(string method)
    {
        var subject = new Resting();
        var start = typeof(Resting).GetMethod(method)!.CreateDelegate<Func<Task>>(subject);
        _isOver = false;
        var looking = Task.Factory.StartNew(LookOn, TaskCreationOptions.LongRunning);

        for (var i = 0; i < Calls; i++)
        {
            var call = start();
            SpinWait.SpinUntil(() => subject.Waiting > i);
            Sitter.Cancel();
            await call.InTime();
            Assert.That(subject.Cleaned, Is.EqualTo(i + 1));
        }

        _isOver = true;
        await looking;
    }

    private void LookOn()
    {
        while (!_isOver)
        {
            ActiveCallHint.TryClear();
        }
    }
}
