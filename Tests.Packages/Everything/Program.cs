using System.Net.Sockets;
using System.Runtime.InteropServices;
using Consumer;
using Sitters;

Sitter.TimeProvider = TimeProvider.System;
var worker = new Worker();

Console.WriteLine($"hooks: {await worker.Hooked("you")}");
Console.WriteLine($"timeout: {await worker.Slow() ?? "default"}");
Console.WriteLine($"attempt timeout: {await worker.SlowAtFirst()}");
Console.WriteLine($"retry: {await worker.Flaky()}");
Console.WriteLine($"retry member: {await worker.FlakyWithMember()}");
Console.WriteLine($"cache: {await worker.Cached(3)} {await worker.Cached(3)} {worker.Loads}");
Console.WriteLine($"user's cache: {await worker.CachedInMemoryCache("a")} {await worker.CachedInMemoryCache("a")} {worker.Loads}");
Console.WriteLine($"not async: {await worker.NotAsync(4)}");
Console.WriteLine($"generic: {await worker.Generic<int, string>(5, "five")}");

var paused = worker.Stops();
Console.WriteLine($"waits: {Sitter.ActiveCalls.Single().Waits.Single()}");
Sitter.ListenForTool();
Console.WriteLine($"seen from outside: {Outside.AsksWhereCallsWait()}");
Sitter.Pause();
worker.Door.SetResult();
await Task.Yield();
Console.WriteLine($"paused: {paused.IsCompleted} {Sitter.ActiveCalls.Single().State}");
Sitter.Resume();
Console.WriteLine($"resumed: {await paused}");

worker.Door = new TaskCompletionSource();
var restarted = worker.Stops();
Sitter.Restart();
Console.WriteLine($"restarted: {await restarted}");

worker.Door = new TaskCompletionSource();
var cancelled = worker.Stops();
Sitter.Cancel(call => call.Name == "Stops");
Console.WriteLine($"cancelled: {await cancelled ?? "default"}");

worker.Door = new TaskCompletionSource();
var signalled = worker.Stops();
if (OperatingSystem.IsWindows())
    Sitter.Cancel();
else
    Terminate(Environment.ProcessId);
Console.WriteLine($"signalled: {await signalled ?? "default"}");

using var caller = new CancellationTokenSource();
var givenUp = worker.Waits(caller.Token);
caller.Cancel();
try
{
    await givenUp;
}
catch (OperationCanceledException exception)
{
    Console.WriteLine($"caller's token: {exception.CancellationToken == caller.Token}");
}

await foreach (var number in worker.Stream(2))
    Console.WriteLine($"stream: {number}");

Console.WriteLine($"without flow: {await worker.WithoutFlow(6)}");
Console.WriteLine($"struct: {await new Counter { Count = 7 }.Next()}");
try
{
    await worker.Fails();
}
catch (InvalidOperationException exception)
{
    Console.WriteLine($"failed: {exception.Message}");
}

var annotated = new Annotated();
Console.WriteLine($"created: {await annotated.Create(typeof(Created))} {await annotated.CreateNotAsync(typeof(Created.NotAsync))}");
Console.WriteLine($"new: {await annotated.New<Created.New>()} {await annotated.NewNotAsync<Created.NewNotAsync>()} {await new Annotated<Created.NewOfType>().New()}");
await annotated.CallWhatRequires();
Console.WriteLine($"suppressed: {await annotated.Suppress() ?? "nothing"}");

// Else the exit code would be that of the signal.
return 0;

static void Terminate(int process)
{
    [DllImport("libc")]
    static extern int kill(int process, int signal);
    if (kill(process, 15) != 0)
        throw new InvalidOperationException("There is no such process.");
}

/// <summary>Speaks to this process as the tool does.</summary>
internal static class Outside
{
    public static string AsksWhereCallsWait()
    {
        var path = Directory.GetFiles(Path.GetTempPath(), $"sitters-{Environment.ProcessId}-*.socket").Single();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        stream.Write("{\"do\":\"ps\"}\n"u8);
        var call = reader.ReadLine()!;
        return $"{call.Contains("\"Consumer.Worker.Stops\"")} {call.Contains("\"TaskCompletionSource.Task\"")} {reader.ReadLine()!.Contains("\"done\":true")}";
    }
}

/// <summary>Made by reflection alone, each by one method.</summary>
public class Created
{
    public class NotAsync;

    public class New;

    public class NewNotAsync;

    public class NewOfType;
}
