using Samples.Examples;

namespace Samples;

/// <summary>An example that runs by name.</summary>
internal sealed record Example(string Name, string Title, Func<Task> Run);

/// <summary>All examples, in the order of the tour.</summary>
internal static class ExampleList
{
    public static IReadOnlyList<Example> All { get; } =
    [
        new("first-steps", "one attribute: retries and a timeout", FirstSteps.Run),
        new("startup-hooks", "hooks at the start", StartupHooks.Run),
        new("completion-hooks", "hooks at completion", CompletionHooks.Run),
        new("hooks", "hooks throughout: every event of a call", AllHooks.Run),
        new("timeout", "a timeout, and no token anywhere", Timeouts.Run),
        new("attempt-timeout", "a limit for each attempt", AttemptTimeouts.Run),
        new("retry", "retries by attribute", RetryShorthand.Run),
        new("retry-strategy", "retries by a Polly strategy or pipeline", RetryStrategies.Run),
        new("retry-configured", "a Polly pipeline bound to the configuration", ConfiguredPipelines.Run),
        new("retry-fallback", "a fallback, through a Polly pipeline", Fallbacks.Run),
        new("retry-on", "which exceptions are retried", RetryTypes.Run),
        new("cache", "bounded, single flight, time to live", Caching.Run),
        new("memory-cache", "the application's own IMemoryCache", OwnMemoryCache.Run),
        new("caller-token", "a CancellationToken of the caller", CallerTokens.Run),
        new("context", "what a call knows about itself", Contexts.Run),
        new("waits", "where a call stands, found by its line", Whereabouts.Run),
        new("helpers", "the methods it calls are under control too", Helpers.Run),
        new("nested", "a sat call in a sat call", NestedCalls.Run),
        new("permits", "what an interrupted await was about to get", Permits.Run),
        new("shared-tasks", "a task that several calls share", SharedTasks.Run),
        new("streams", "an async stream, element by element", Streams.Run),
        new("control", "pause, resume and cancel some calls by code", Control.Run),
        new("whole-class", "one attribute for a class", WholeClasses.Run),
        new("policies", "settings in FodyWeavers.xml", Policies.Run),
        new("configure", "settings that change while the program runs", ChangedSettings.Run),
        new("worker", "a hosted service whose hooks use its own services", HostedWorkers.Run),
        new("request-service", "a service for web requests: exceptions instead of defaults", RequestServices.Run),
        new("ten-minutes", "a web application from nothing to limits, traces and a paused job", TenMinutes.Run),
        new("host", "a host that lets its calls end, logs them, and knows of pauses", Hosts.Run),
        new("page", "a page that shows the calls of a web application, and steers them", OperatorPages.Run),
        new("opentelemetry", "meters and spans, for OpenTelemetry", OpenTelemetries.Run),
        new("ensure-woven", "an assembly that was woven", WovenLibraries.Run),
        new("fake-clock", "a night of eight hours, tested in no time", FakeClock.Run),
        new("scoped-clock", "a clock and a pause that no other test feels", ScopedClock.Run),
        new("draining", "a program that ends in order when it is cancelled", Draining.Run),
        new("signals", "pause, resume, restart and cancel by signal", Signals.Run),
        new("signals-timed", "a timeout of 1.7 s", TimedSignals.Run),
        new("three-jobs", "three jobs, of which one is paused from outside", ThreeJobs.Run),
        new("hanging", "an import that hangs", HangingImport.Run),
        new("still-running", "what a pause has to wait for", StillRunning.Run),
        new("signals-longer", "a timeout of 2 s that stands still while paused", TimedSignals.RunLonger),
    ];

    public static Example? Find(string name) => All.FirstOrDefault(example => example.Name == name);
}
