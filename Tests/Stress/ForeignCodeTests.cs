using System.Collections.Concurrent;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Stress;

/// <summary>
/// Calls under contexts that throw, hang or run at once what they are given, with hooks, filters, observers, keys, caches and members that
/// throw or take part in the control from another thread: each call ends once, with an outcome of its own, and no code of the user's runs
/// under a lock of ours.
/// </summary>
internal sealed class ForeignCodeTests : ControllerFixture
{
    private const int Rounds = 60;
    private static readonly string[] _hooks = ["startup", "body", "finally", "completion", "cancellation", "restart", "pause", "resume"];

    private readonly ConcurrentQueue<string> _surprises = [];

    [Test]
    public async Task every_call_ends_once_whatever_the_code_around_it_does([Values(1, 2, 3)] int seed)
    {
        _surprises.Clear();
        var random = new Random(seed);
        using var observation = Sitter.Observe(new Prober(Probe));
        for (var round = 0; round < Rounds && _surprises.IsEmpty; round++)
        {
            await Play(random, $"seed {seed}, round {round}");
        }

        Assert.That(_surprises, Is.Empty);
    }

    private async Task Play(Random random, string round)
    {
        var actors = Enumerable.Range(0, random.Next(2, 6))
            .Select(_ => new Actor(random.Next(4), random, _hooks[random.Next(_hooks.Length)], Probe)).ToArray();
        for (var step = random.Next(2, 8); step > 0; step--)
        {
            Control(random, actors[random.Next(actors.Length)]);
        }

        Sitter.Resume();
        Sitter.Resume(static _ => true);
        foreach (var actor in actors)
        {
            actor.Release();
        }

        foreach (var actor in actors)
        {
            await actor.CheckEnd(round, _surprises);
        }
    }

    private void Control(Random random, Actor actor)
    {
        switch (random.Next(10))
        {
            case 0:
                Sitter.Pause();
                break;
            case 1:
                Sitter.Resume();
                break;
            case 2:
                Sitter.Restart();
                break;
            case 3:
                Sitter.Cancel();
                break;
            case 4:
                Sitter.Cancel(call => { Probe(); return call == actor.Call; });
                break;
            case 5:
                try
                {
                    Sitter.Restart(call => call == actor.Call ? throw new InvalidOperationException("filter") : true);
                }
                catch (InvalidOperationException failure) when (failure.Message == "filter")
                {
                    // Its caller is told, after the others were seen to.
                }

                break;
            case 6:
                actor.Call?.Pause();
                break;
            case 7:
                actor.Call?.Resume();
                break;
            case 8:
                actor.Call?.Restart();
                break;
            default:
                Clock.Advance(random.Next(7));
                break;
        }
    }

    /// <summary>Takes part in the control from another thread, as code may that is called under no lock.</summary>
    private void Probe()
    {
        var control = Task.Run(() => Sitter.Pause(static _ => false));
        if (!control.Wait(Stage.Patience))
        {
            _surprises.Enqueue($"a lock was held: {Environment.StackTrace}");
        }
    }

    /// <summary>One call, with its stage and its context.</summary>
    private sealed class Actor
    {
        private const string Thrown = "foreign";

        private readonly Stage _stage = new();
        private readonly Window? _window;
        private readonly Task<int?> _task;

        public Actor(int kind, Random random, string probed, Action probe)
        {
            _stage.When(probed, probe);
            _window = kind == 0 ? null : new Window { Kind = kind };
            var known = Sitter.ActiveCalls;
            _task = _window.Start(Method(random, probe));
            Call = Sitter.ActiveCalls.Except(known).SingleOrDefault();
        }

        public SitContext? Call { get; }

        public void Release()
        {
            // One that throws does so to the end, as a closed one does.
            if (_window is not { Kind: Window.Throws })
            {
                _window?.Open();
            }

            _stage.OpenAll();
        }

        private Func<Task<int?>> Method(Random random, Action probe)
        {
            var foreign = _stage.Set(new Foreign());
            var (way, doesThrow) = (random.Next(6), random.Next(3) == 0);
            foreign.Act = doesThrow ? static () => throw new InvalidOperationException(Thrown) : probe;
            return way switch
            {
                0 => foreign.ByKey,
                1 => foreign.ByStore,
                2 => foreign.ByMember,
                _ => _stage.Set(new Controlled()).Work,
            };
        }

        public async Task CheckEnd(string round, ConcurrentQueue<string> surprises)
        {
            try
            {
                await ((Task)_task).WaitAsync(Stage.Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_task.Exception?.InnerException is InvalidOperationException { Message: Thrown })
                {
                    return;
                }

                var result = await _task.WaitAsync(TimeSpan.Zero);
                var (completed, cancelled) = (_stage.Count("completion"), _stage.Count("cancellation"));
                if ((completed, cancelled, result) is not ((1, 0, 5) or (0, 1, null)))
                {
                    surprises.Enqueue($"{round}: {result}: {_stage.Story}");
                }
            }
#pragma warning disable CA1031 // Whatever it is, it is a surprise.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                surprises.Enqueue($"{round}: {failure.Message}: {Call}: {_stage.Story}");
            }
        }
    }

    /// <summary>A context that throws, hangs, or runs at once what it is given; one that hangs runs everything from the end of the round on.</summary>
    private sealed class Window : SynchronizationContext
    {
        public const int Throws = 1;
        private const int Hangs = 2;

        private readonly List<Action> _waiting = [];
        private bool _isOpen;

        public required int Kind { get; init; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (_waiting)
            {
                if (!_isOpen && Kind == Throws)
                {
                    throw new InvalidOperationException("closed");
                }

                if (!_isOpen && Kind == Hangs)
                {
                    _waiting.Add(() => Run(d, state));
                    return;
                }
            }

            Run(d, state);
        }

        public void Open()
        {
            List<Action> waiting;
            lock (_waiting)
            {
                _isOpen = true;
                waiting = [.. _waiting];
            }

            waiting.ForEach(static work => work());
        }

        private void Run(SendOrPostCallback d, object? state)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                d(state);
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }

    private sealed class Prober(Action probe) : SitObserver
    {
        public override void Interrupted(SitContext call) => probe();

        public override void Ended(SitContext call) => probe();
    }
}
