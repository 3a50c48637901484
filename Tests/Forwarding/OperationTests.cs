using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using AssemblyToProcess;
using Sitters;

namespace Tests.Forwarding;

/// <summary>
/// The framework's own operations end by the token that nobody wrote: the await ends with their own exception, and what they would have
/// brought is there for the next who asks. The clock stands still: nothing is left behind because its time was over.
/// </summary>
internal sealed class OperationTests : ControllerFixture
{
    private readonly Operations _operations = new();

    [Test]
    public async Task a_permit_goes_to_the_next_who_waits()
    {
        using var permits = new SemaphoreSlim(0);

        await EndsByItsToken(_operations.Permit(permits), typeof(SemaphoreSlim).FullName!);

        permits.Release();
        Assert.That(permits.CurrentCount, Is.EqualTo(1));
    }

    [Test]
    public async Task an_item_goes_to_the_next_who_reads()
    {
        var channel = Channel.CreateUnbounded<int>();

        await EndsByItsToken(_operations.Item(channel.Reader), typeof(Channel).Namespace!);

        channel.Writer.TryWrite(1);
        Assert.That(channel.Reader.TryRead(out var item), Is.True);
        Assert.That(item, Is.EqualTo(1));
    }

    [Test]
    public async Task items_of_several_channels_go_to_the_next_who_reads()
    {
        var channels = new[] { Channel.CreateUnbounded<int>(), Channel.CreateUnbounded<int>() };

        await EndsByItsToken(_operations.Items([.. channels.Select(channel => channel.Reader)]), typeof(Channel).Namespace!);

        foreach (var channel in channels)
        {
            channel.Writer.TryWrite(1);
            Assert.That(channel.Reader.Count, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task bytes_of_a_socket_go_to_the_next_who_reads()
    {
        using var connection = await Connection.Open();
        var bytes = new byte[3];

        await EndsByItsToken(_operations.Bytes(connection.Stream, bytes), typeof(Socket).FullName!);

        await connection.Send("abc"u8.ToArray());
        await connection.Stream.ReadExactlyAsync(bytes).AsTask().InTime();
        Assert.That(bytes, Is.EqualTo("abc"u8.ToArray()));
    }

    [Test]
    public async Task a_line_goes_to_the_next_who_reads()
    {
        using var connection = await Connection.Open();
        using var reader = new StreamReader(connection.Stream);

        await EndsByItsToken(_operations.Line(reader), typeof(StreamReader).FullName!);

        await connection.Send("a line\n"u8.ToArray());
        Assert.That(await reader.ReadLineAsync().InTime(), Is.EqualTo("a line"));
    }

    [Test]
    [Platform("Linux")]
    public async Task a_file_is_read_no_further()
    {
        // It has no end.
        await EndsByItsToken(_operations.Text("/dev/zero"), typeof(File).FullName!);
    }

    [Test]
    public async Task what_a_pipe_brings_goes_to_the_next_who_reads()
    {
        var pipe = new Pipe();

        await EndsByItsToken(_operations.Piped(pipe.Reader), typeof(Pipe).FullName!);

        await pipe.Writer.WriteAsync("abc"u8.ToArray());
        Assert.That((await pipe.Reader.ReadAsync().AsTask().InTime()).Buffer.Length, Is.EqualTo(3));
    }

    [Test]
    public async Task a_wait_with_a_limit_ends()
    {
        var clock = new TestClock();

        await EndsByItsToken(_operations.Waits(new TaskCompletionSource().Task, clock), nameof(Operations.Waits));
    }

    [Test]
    public async Task a_tick_goes_to_the_next_who_waits()
    {
        var clock = new TestClock();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);

        await EndsByItsToken(_operations.Tick(timer), typeof(PeriodicTimer).FullName!);

        var next = timer.WaitForNextTickAsync().AsTask();
        clock.Advance(1);
        Assert.That(await next.InTime(), Is.True);
    }

    /// <param name="call">Waits for what does not come.</param>
    /// <param name="thrower">Whose code throws what the operation ends with.</param>
    private async Task EndsByItsToken(Task call, string thrower)
    {
        var token = Sitter.ActiveCalls.Single().CancellationToken;

        Sitter.Cancel();

        Assert.That(async () => await call.InTime(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_operations.Ended!.Message, Does.Not.Contain("interrupted"), "the gate's own exception");
        Assert.That(_operations.Ended.CancellationToken, Is.EqualTo(token));
        Assert.That(_operations.Ended.StackTrace, Does.Contain(thrower));
    }

    private sealed class Connection(Socket client, Socket server) : IDisposable
    {
        public NetworkStream Stream { get; } = new(client, ownsSocket: true);

        public static async Task<Connection> Open()
        {
            using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(listener.LocalEndPoint!);
            return new Connection(client, await listener.AcceptAsync());
        }

        public async Task Send(byte[] bytes) => await server.SendAsync(bytes);

        public void Dispose()
        {
            Stream.Dispose();
            server.Dispose();
        }
    }
}
