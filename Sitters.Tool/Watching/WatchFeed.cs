using System.Collections.Concurrent;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Watching;

/// <summary>Looks at the process again and again, and carries out orders, on a thread of its own: the screen never waits for it.</summary>
internal sealed class WatchFeed : IDisposable
{
    private readonly Reached _connection;
    private readonly string _identity;
    private readonly TimeSpan _interval;
    private readonly BlockingCollection<WatchOrder?> _orders = [];
    private readonly Thread _thread;
    private volatile Selectors _selectors;

    public WatchFeed(Reached connection, Selectors selectors, string identity, TimeSpan interval)
    {
        (_connection, _selectors, _identity, _interval) = (connection, selectors, identity, interval);
        _thread = new Thread(Run) { IsBackground = true, Name = "watch" };
        _thread.Start();
    }

    /// <summary>What was seen, and what was done, in order.</summary>
    public ConcurrentQueue<Snapshot> Snapshots { get; } = new();

    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>Why there is nothing more to come; null as long as there is.</summary>
    public ToolException? End { get; private set; }

    public bool HasEnded => !_thread.IsAlive;

    public void Give(WatchOrder order) => _orders.Add(order);

    public void Choose(Selectors selectors)
    {
        _selectors = selectors;
        _orders.Add(null);
    }

    public void Dispose()
    {
        _orders.CompleteAdding();
        // Ends a read that is under way.
        _connection.Dispose();
        _thread.Join();
        _orders.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_orders.IsCompleted)
            {
                Snapshots.Enqueue(Snapshot.Take(_connection, _selectors));
                if (_orders.TryTake(out var order, _interval) && order is not null)
                {
                    CarryOut(order);
                }
            }
        }
        catch (ToolException failure)
        {
            End = failure;
        }
        catch (ObjectDisposedException)
        {
            // The screen was left.
        }
    }

    private void CarryOut(WatchOrder order)
    {
        try
        {
            _connection.Patience = Reach.OrderPatience;
            var answer = _connection.Ask(new Request(order.Verb.Name)
            {
                Selectors = new Selectors { Calls = order.Calls },
                Reason = order.Reason,
                Identity = _identity,
                Until = DateTimeOffset.UtcNow + Reach.Patience,
            });
            Messages.Enqueue($"{order.Verb.Past} {Texts.Calls(answer.Calls)}.");
        }
        catch (ToolException failure) when (failure.ExitCode != ExitCode.NotReached)
        {
            Messages.Enqueue(failure.Message);
        }
    }
}
