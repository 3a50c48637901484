namespace Tests.Weaving;

/// <summary>One message of each code in full: what is wrong, where, and what to do.</summary>
internal sealed class MessageTextTests
{
    // Anew for each test, so that whoever asks which code a test covers (dotnet-stryker does) gets it for each.
    private static Woven Faulty => Weaver.Weave(Subject.Faulty);

    [TestCase(
        "SIT001: AssemblyToProcess.Faulty.Returns.Number returns int, which can't be sat. Return Task, Task<T>, ValueTask, "
            + "ValueTask<T> or an async stream.")]
    [TestCase(
        "SIT002: AssemblyToProcess.Faulty.Returns.Forget is async void: nobody could wait for it or get its exception. "
            + "Return Task instead.")]
    [TestCase(
        "SIT003: AssemblyToProcess.Faulty.HookNames.Misspelt: StartupHooks: AssemblyToProcess.Faulty.HookNames has no "
            + "member 'OnStratup'; candidates are OnStartup; did you mean 'OnStartup'?")]
    [TestCase(
        "SIT003: AssemblyToProcess.Faulty.HookNames.Shapes: CompletionHooks: 'WrongParameter' of "
            + "AssemblyToProcess.Faulty.HookNames must be a method () or (SitContext) that returns void, Task or ValueTask; "
            + "candidates are OnStartup.")]
    [TestCase(
        "SIT003: AssemblyToProcess.Faulty.HookNames.Property: StartupHooks: 'Ready' of AssemblyToProcess.Faulty.HookNames "
            + "must be a method () or (SitContext) that returns void, Task or ValueTask; candidates are OnStartup.")]
    [TestCase(
        "SIT003: AssemblyToProcess.Faulty.HookNames.Nameless: StartupHooks: AssemblyToProcess.Faulty.HookNames has no "
            + "member ''; candidates are OnStartup.")]
    [TestCase(
        "SIT003: AssemblyToProcess.Faulty.HookNames.Static: StartupHooks: 'OnStartup' of AssemblyToProcess.Faulty.HookNames "
            + "is an instance member, but the method is static: make it static.")]
    [TestCase(
        "SIT003: AssemblyToProcess.Faulty.RetryAndCacheNames.OtherResult: Retry: 'OfText' of "
            + "AssemblyToProcess.Faulty.RetryAndCacheNames must hold a Polly RetryStrategyOptions or ResiliencePipeline (or one "
            + "of int); candidates are OfNumbers.")]
    [TestCase(
        "SIT003: AssemblyToProcess.Faulty.RetryAndCacheNames.NotACache: Cache: '_notARetry' of "
            + "AssemblyToProcess.Faulty.RetryAndCacheNames must hold an IMemoryCache; there is no other candidate.")]
    [TestCase(
        "SIT003: AssemblyToProcess.Faulty.RetryAndCacheNames.NoExceptions: RetryOn: string is not an exception type; name a "
            + "type that derives from Exception.")]
    [TestCase(
        "SIT003: [Sit] on AssemblyToProcess.Faulty.Empties.Cache: Cache = \" \": there is nothing in it; write a name, or leave Cache out.")]
    [TestCase(
        "SIT004: AssemblyToProcess.Faulty.Caches.NoResult has no result that could be cached. Return Task<T> or "
            + "ValueTask<T>, or leave the cache out.")]
    [TestCase(
        "SIT005: AssemblyToProcess.Faulty.Results.Number returns default when its time is over, but int can't say \"no "
            + "result\". Make the result nullable, or leave OnTimeout at Auto.")]
    [TestCase(
        "SIT005: AssemblyToProcess.Faulty.Results.Value returns default when it is cancelled, but T can't say \"no result\". "
            + "Make the result nullable, or leave OnCancel at Auto.")]
    [TestCase(
        "SIT006: [Sit] on AssemblyToProcess.Faulty.Ranges.NoAttempt: MaxAttempts = 0 is out of range; write a whole number "
            + "from 1 on.")]
    [TestCase(
        "SIT007: AssemblyToProcess.Faulty.Contradictions.TwoCaches: Cache and CacheSize exclude each other: Cache is used "
            + "as it is. Leave one of them out.")]
    [TestCase(
        "SIT007: AssemblyToProcess.Faulty.Contradictions.NoCache: CacheSeconds is set, but there is no cache. Add "
            + "CacheSize, the most results to keep, or Cache.")]
    [TestCase("SIT008: [Sit] on AssemblyToProcess.Faulty.Policies.Misspelt: there is no <Policy Name=\"htpt\"> in FodyWeavers.xml.")]
    [TestCase(
        "SIT009: AssemblyToProcess.Faulty.KeptParameters.Ref can't keep its parameters for a restart: 'number' is passed by "
            + "reference (ref, out or in). Pass a value that can be kept, or remove [Sit].")]
    [TestCase(
        "SIT009: AssemblyToProcess.Faulty.KeptParameters.Local.Inner can't keep its parameters for a restart: what the "
            + "local function captures is passed by reference (make it async, or static). Pass a value that can be kept, or "
            + "remove [Sit].")]
    [TestCase(
        "SIT010: AssemblyToProcess.Faulty.Caches.Array is cached, but its parameter 'numbers' has no value equality (int[] "
            + "is compared by reference): equal values will miss the cache. Pass a type that overrides Equals, such as a record "
            + "or a string.")]
    [TestCase(
        "SIT011: AssemblyToProcess.Faulty.Bodies.Abstract has no body to sit: it is abstract. Put [Sit] on the methods that "
            + "implement it.")]
    [TestCase(
        "SIT012: AssemblyToProcess.Faulty.Caches.UsedUp can't be cached: its result is a System.IO.Stream, which only the "
            + "first caller could use. Return what can be used again, or leave the cache out.")]
    [TestCase(
        "SIT012: AssemblyToProcess.Faulty.Caches.Elements can't be cached: it returns an async stream, whose elements can be "
            + "read only once. Return Task of a list instead, or leave the cache out.")]
    [TestCase(
        "SIT013: AssemblyToProcess.Faulty.Contradictions.TheWholeEndsFirst: AttemptTimeoutSeconds has no effect: "
            + "TimeoutSeconds, which is not longer, ends the whole call first. Make AttemptTimeoutSeconds shorter, or leave it "
            + "out.")]
    [TestCase(
        "SIT014: [Sit] on AssemblyToProcess.Faulty.Effects.BackoffFromZero: RetryBackoff has no effect: attempts follow at once. "
            + "Set RetryDelaySeconds, or leave RetryBackoff out.")]
    [TestCase(
        "SIT016: AssemblyToProcess.Faulty.SharedCaches.Field reads '_culture', but all instances share its cache: the result of "
            + "one would go to another. Leave CacheScope at PerInstance, or make what the result depends on an argument.")]
    [TestCase(
        "SIT017: AssemblyToProcess.Faulty.Awaits.Dynamic: an await of a form that Sitters does not know, such as of a dynamic value, "
            + "is not under control. Await a Task or a ValueTask.")]
    public void say_what_is_wrong_and_what_to_do(string text) =>
        Assert.That(Faulty.Messages.Select(message => message.Text), Has.Some.EqualTo(text));
}
