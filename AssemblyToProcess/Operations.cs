using System.IO.Pipelines;
using System.Threading.Channels;
using Sitters;

namespace AssemblyToProcess;

/// <summary>Operations of the framework, awaited by code that knows no token.</summary>
[Sit(OnCancel = SitOutcome.Throw)]
public class Operations
{
    /// <summary>What the operation has ended with.</summary>
    public OperationCanceledException? Ended { get; private set; }

    public async Task Permit(SemaphoreSlim permits)
    {
        try
        {
            await permits.WaitAsync();
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }

    public async Task<int> Item(ChannelReader<int> items)
    {
        try
        {
            return await items.ReadAsync();
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }

    public async Task<int> Bytes(Stream stream, byte[] bytes)
    {
        try
        {
            return await stream.ReadAsync(bytes, 0, bytes.Length);
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }

    public async Task<string?> Line(StreamReader reader)
    {
        try
        {
            return await reader.ReadLineAsync();
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }

    public async Task<string?> Text(string path)
    {
        try
        {
            return await File.ReadAllTextAsync(path);
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }

    public async Task<long> Piped(PipeReader pipe)
    {
        try
        {
            return (await pipe.ReadAsync()).Buffer.Length;
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }

    public async Task Waits(Task task, TimeProvider clock)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromHours(1), clock);
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }

    public async Task<bool> Tick(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync();
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }

    public async Task<int[]> Items(ChannelReader<int>[] channels)
    {
        try
        {
            return await Task.WhenAll(channels.Select(channel => channel.ReadAsync().AsTask()));
        }
        catch (OperationCanceledException exception)
        {
            Ended = exception;
            throw;
        }
    }
}
