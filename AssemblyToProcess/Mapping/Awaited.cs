using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Polly;
using Sitters;

namespace AssemblyToProcess.Mapping;

// The comment behind a line is what the map of awaits is to say of it: the method, and what is awaited there, in order.

/// <summary>What an await may wait for, by name.</summary>
public class Awaited
{
    private readonly SemaphoreSlim _semaphore = new(1);
    private readonly HttpClient _client = new();
    private readonly Channel<int> _channel = Channel.CreateUnbounded<int>();
    private readonly Task _background = Task.CompletedTask;

    private static Task<string> Started { get; } = Task.FromResult("started");

    [Sit]
    public async Task Framework(CancellationToken token)
    {
        await Task.Delay(1); // at Framework: Task.Delay
        await Task.Delay(1, token).ConfigureAwait(false); // at Framework: Task.Delay
        await _client.GetStringAsync("http://localhost"); // at Framework: HttpClient.GetStringAsync
        await _semaphore.WaitAsync(); // at Framework: SemaphoreSlim.WaitAsync
        await _channel.Reader.ReadAsync(); // at Framework: ChannelReader<int>.ReadAsync
        await _channel.Reader.Completion; // at Framework: ChannelReader<int>.Completion
        await new TaskCompletionSource<(int, string?)>().Task; // at Framework: TaskCompletionSource<(int, string)>.Task
        await new TaskCompletionSource<Dictionary<string, int[]>>().Task; // at Framework: TaskCompletionSource<Dictionary<string, int[]>>.Task
        await new ValueTask<int>(3).AsTask(); // at Framework: new ValueTask<int>
        await _channel.Writer.WriteAsync(1).Preserve(); // at Framework: ChannelWriter<int>.WriteAsync
        await Task.Yield(); // at Framework: Task.Yield
        await Task.Run(() => 3); // at Framework: Task.Run
        await Task.Factory.StartNew(async () => await Task.Yield()).Unwrap(); // at Framework.lambda: Task.Yield // at Framework: TaskFactory.StartNew
    }

    public async Task Together(IReadOnlyList<Task> tasks)
    {
        await Task.WhenAll(Own(), Task.Delay(1)); // at Together: Task.WhenAll
        await Task.WhenAll(tasks); // at Together: Task.WhenAll
        var first = await Task.WhenAny(tasks); // at Together: Task.WhenAny
        if (first.IsCanceled)
        {
            return;
        }

        await first; // at Together: first
        await tasks[0]; // at Together: tasks
    }

    public async Task<int> Own()
    {
        await Helper(1); // at Own: Awaited.Helper
        await this.Extended(); // at Own: AwaitedExtensions.Extended
        await Nested.Work<string>(); // at Own: Awaited.Nested.Work
        await new Generic<int>().Work(); // at Own: Generic<int>.Work
        return await Helper(await Helper(2)); // at Own: Awaited.Helper; Awaited.Helper
    }

    [Sit]
    private async Task<int> Helper(int number)
    {
        await Task.Yield(); // at Helper: Task.Yield
        return number;
    }

    public async Task Variables(Task given, Func<Task> make)
    {
        await given; // at Variables: given
        await _background; // at Variables: _background
        await Started; // at Variables: Awaited.Started
        await make(); // at Variables: make
        var helped = Helper(1);
        await Task.Yield(); // at Variables: Task.Yield
        await helped; // at Variables: Awaited.Helper
        Task either;
        if (given.IsCompleted)
        {
            either = Helper(1);
        }
        else
        {
            either = Other();
        }

        await either; // at Variables: either
        await (given.IsCompleted ? Helper(1) : Helper(2)); // at Variables: Awaited.Helper
        await (given.IsCompleted ? Helper(1) : Other()); // at Variables:
    }

    public async Task Taken(List<Task> given)
    {
        await given[0]; // at Taken: given
        await new Promises()[3]; // at Taken: Promises.Item
    }

    public async Task<int> Foreign()
    {
        return await ResiliencePipeline.Empty.ExecuteAsync(async token => await Helper(1)); // at Foreign: ResiliencePipeline.ExecuteAsync // at Foreign.lambda: Awaited.Helper
    }

    public async Task Functions()
    {
        await Local(); // at Functions: Functions.Local
        Func<Task> lambda = async () => await Task.Delay(1); // at Functions.lambda: Task.Delay
        await lambda(); // at Functions: Functions.lambda
        await Captures(3)(); // at Functions: Func<Task>.Invoke

        async Task Local()
        {
            await Helper(1); // at Functions.Local: Awaited.Helper
            await Inner(); // at Functions.Local: Functions.Inner

            async Task Inner() => await Task.Yield(); // at Functions.Inner: Task.Yield
        }
    }

    private Func<Task> Captures(int number) => async () =>
    {
        await Helper(number); // at Captures.lambda: Awaited.Helper
        Func<Task> inner = async () => await Helper(number + 1); // at Captures.lambda: Awaited.Helper
        await inner(); // at Captures.lambda: Captures.lambda
    };

    private async Task<int> Other()
    {
        await new Promise(); // at Other: new Promise
        await TimeSpan.FromMilliseconds(1); // at Other: TimeSpan.FromMilliseconds
        return 1;
    }

    public static class Nested
    {
        public static async Task<T?> Work<T>()
        {
            await Task.Delay(1); // at Nested.Work: Task.Delay
            return default;
        }
    }
}

/// <summary>The members of a generic type are named as its source names them.</summary>
public class Generic<T>
{
    [Sit]
    public async Task<T?> Work()
    {
        await Own<T[]>(default); // at Work: Generic<T>.Own
        await new Channels().Reader.WaitToReadAsync(); // at Work: ChannelReader<T>.WaitToReadAsync
        return default;
    }

    private async Task<TOwn?> Own<TOwn>(TOwn? value)
    {
        Func<Task> local = async () => await Task.Delay(1); // at Own.lambda: Task.Delay
        await local(); // at Own: Own.lambda
        return value;
    }

    private sealed class Channels
    {
        public ChannelReader<T> Reader { get; } = Channel.CreateUnbounded<T>().Reader;
    }
}

public static class AwaitedExtensions
{
    public static Task Extended(this Awaited awaited) => awaited.Own();

    public static TaskAwaiter GetAwaiter(this TimeSpan time) => Task.Delay(time).GetAwaiter();
}

/// <summary>Awaited by itself.</summary>
public sealed class Promise
{
    public TaskAwaiter GetAwaiter() => Task.Delay(1).GetAwaiter();
}

public sealed class Promises
{
    public Promise this[int index] => new();
}
