namespace Tests.Packages;

/// <summary>Programs that are not of C#: their compilers make other state machines, or none.</summary>
[Category("Packages")]
public sealed class OtherLanguageTests
{
    private const string Executable = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>";

    private readonly Consumers _consumers = new("languages");

    [TestCase("Debug")]
    [TestCase("Release")]
    public async Task an_async_function_of_visual_basic_is_sat_and_under_control_with_its_helpers(string configuration)
    {
        _consumers.AddProject("Basic.vbproj", "Basic", $"{Executable}<RootNamespace>Basic</RootNamespace>", Consumers.SittersReference, ("Program.vb", """
            Imports Sitters
            Public Class Worker
                Private _tries As Integer

                <Sit(StartupHooks:={NameOf(OnStartup)}, CancellationHooks:={NameOf(OnCancellation)})>
                Public Async Function Hangs() As Task(Of Integer?)
                    Try
                        Await Helper()
                        Return 1
                    Finally
                        Console.WriteLine("finally")
                    End Try
                End Function

                <System.Diagnostics.CodeAnalysis.SuppressMessage("Sitters", "SIT010"), Sit(CacheSize:=1)>
                Public Async Function Cached(numbers As Integer()) As Task(Of Integer)
                    Await Task.Yield()
                    Return numbers.Length
                End Function

                <Sit(MaxAttempts:=3)>
                Public Async Function Flaky(Of T)(value As T) As Task(Of T)
                    Await Task.Delay(1).ConfigureAwait(False)
                    _tries += 1
                    If _tries < 3 Then Throw New InvalidOperationException()
                    Return value
                End Function

                <Sit(TimeoutSeconds:=0.1)>
                Public Async Function OnePermit(permits As Threading.SemaphoreSlim) As Task(Of Integer?)
                    Await permits.WaitAsync()
                    Return 1
                End Function

                <Sit(TimeoutSeconds:=0.1)>
                Public Async Function SeveralPermits(all As Threading.SemaphoreSlim()) As Task(Of Integer?)
                    Await Task.WhenAll(all.Select(Function(one) one.WaitAsync()))
                    Return 1
                End Function

                <Sit(TimeoutSeconds:=0.1)>
                Public Async Function OneItem(items As Threading.Channels.Channel(Of Integer)) As Task(Of Integer?)
                    Return Await items.Reader.ReadAsync()
                End Function

                Private Async Function Helper() As Task
                    Try
                        Await Task.Delay(Threading.Timeout.Infinite)
                    Finally
                        Console.WriteLine("helper finally")
                    End Try
                End Function

                Private Sub OnStartup()
                    Console.WriteLine("startup")
                End Sub

                Private Async Function OnCancellation() As Task
                    Await Task.Yield()
                    Console.WriteLine("cancellation")
                End Function
            End Class
            Module Program
                Sub Main()
                    Dim worker = New Worker()
                    Dim call_ = worker.Hangs()
                    Sitter.Cancel()
                    Console.WriteLine(If(call_.GetAwaiter().GetResult().HasValue, "a result", "no result"))
                    Console.WriteLine(worker.Flaky("third time").GetAwaiter().GetResult())
                    Dim permits = New Threading.SemaphoreSlim(0)
                    worker.OnePermit(permits).GetAwaiter().GetResult()
                    worker.SeveralPermits({permits, permits}).GetAwaiter().GetResult()
                    permits.Release(3)
                    Console.WriteLine($"{permits.CurrentCount} permits")
                    Dim items = Threading.Channels.Channel.CreateUnbounded(Of Integer)()
                    worker.OneItem(items).GetAwaiter().GetResult()
                    items.Writer.TryWrite(1)
                    Console.WriteLine($"{items.Reader.Count} item")
                End Sub
            End Module
            """));

        var build = (await _consumers.Dotnet("build", "Basic", "--configuration", configuration)).Succeeded();

        Assert.That(build.Warnings(), Is.Empty);
        Assert.That(
            await _consumers.Run(_consumers.PathOf("Basic", "bin", configuration, "net10.0", "Basic.dll")),
            Is.EqualTo(["startup", "helper finally", "finally", "cancellation", "no result", "third time", "3 permits", "1 item"]));
    }

    [Test]
    public async Task a_task_expression_of_f_sharp_is_sat_like_a_method_that_returns_a_task_without_being_async()
    {
        _consumers.AddProject("Sharp.fsproj", "Sharp", Executable, $"""<Compile Include="Program.fs" />{Consumers.SittersReference}""", ("Program.fs", """
            module Program
            open System.Threading
            open System.Threading.Tasks
            open Sitters
            type Worker() =
                let mutable tries = 0
                [<Sit(MaxAttempts = 3, StartupHooks = [| "OnStartup" |])>]
                member _.Flaky(text: string) : Task<string> = task {
                    do! Task.Delay 1
                    tries <- tries + 1
                    if tries < 3 then failwith "not yet"
                    return text }
                [<Sit(CancellationHooks = [| "OnCancellation" |])>]
                member _.Hangs() : Task<string | null> = task {
                    do! Task.Delay System.Threading.Timeout.Infinite
                    return "ran on" }
                [<Sit(TimeoutSeconds = 0.1)>]
                member _.Permit(permits: SemaphoreSlim, token: CancellationToken) : Task<string | null> = task {
                    do! permits.WaitAsync token
                    return "a permit" }
                [<Sit(TimeoutSeconds = 0.1)>]
                member _.PermitOfATask(permits: SemaphoreSlim) : Task = permits.WaitAsync()
                member _.OnStartup() = printfn "startup"
                member _.OnCancellation() = printfn "cancellation"
            [<EntryPoint>]
            let main _ =
                let worker = Worker()
                printfn "%s" (worker.Flaky("third time").GetAwaiter().GetResult())
                let call = worker.Hangs()
                Sitter.Cancel()
                printfn "%s" (match call.GetAwaiter().GetResult() with "ran on" -> "a result" | _ -> "no result")
                let permits = new SemaphoreSlim(0)
                worker.Permit(permits, CancellationToken.None).GetAwaiter().GetResult() |> ignore
                try worker.PermitOfATask(permits).GetAwaiter().GetResult() with :? System.TimeoutException -> ()
                permits.Release 2 |> ignore
                printfn "%d permits" permits.CurrentCount
                0
            """));

        var build = (await _consumers.Dotnet("build", "Sharp")).Succeeded();

        Assert.That(build.Warnings(), Is.Empty);
        Assert.That(await _consumers.Run(_consumers.AssemblyOf("Sharp")), Is.EqualTo(["startup", "third time", "cancellation", "no result", "2 permits"]));
    }
}
