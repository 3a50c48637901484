using System.IO.Pipelines;
using System.Threading.Channels;
using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Bodies that take something, and know no token.</summary>
public class Races
{
    [Sit(TimeoutSeconds = 1)]
    public async Task<string?> UsePermit(SemaphoreSlim semaphore)
    {
        await semaphore.WaitAsync();
        try
        {
            return "used";
        }
        finally
        {
            semaphore.Release();
        }
    }

    [Sit]
    public async Task<int?> TakeItem(ChannelReader<int> items, Action<int> take)
    {
        var item = await items.ReadAsync();
        take(item);
        return item;
    }

    [Sit]
    public async Task TakeItems(ChannelReader<int> items, ICollection<int> taken)
    {
        await foreach (var item in items.ReadAllAsync())
        {
            taken.Add(item);
        }
    }

    [Sit]
    public async Task<long?> TakeBytes(PipeReader reader, Action<long> take)
    {
        var read = await reader.ReadAsync();
        take(read.Buffer.Length);
        reader.AdvanceTo(read.Buffer.End);
        return read.Buffer.Length;
    }

    [Sit]
    public async Task<int?> Rent(LeasePool pool, Func<Task> use)
    {
        await using var lease = await pool.RentAsync();
        await use();
        return 1;
    }
}

/// <summary>A pool whose leases are returned by disposing of them, and that knows how many are out.</summary>
public sealed class LeasePool(int size) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size);
    private int _out;

    /// <summary>How many have been handed out and not returned.</summary>
    public int Out => Volatile.Read(ref _out);

    /// <summary>How many could be handed out now.</summary>
    public int Free => _free.CurrentCount;

    public async Task<Lease> RentAsync(CancellationToken token = default)
    {
        await _free.WaitAsync(token).ConfigureAwait(false);
        Interlocked.Increment(ref _out);
        return new Lease(this);
    }

    public void Dispose() => _free.Dispose();

    private void Return()
    {
        Interlocked.Decrement(ref _out);
        _free.Release();
    }

    public sealed class Lease(LeasePool pool) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            pool.Return();
        }
    }
}
