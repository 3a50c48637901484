namespace Samples.Tour;

/// <summary>The tour: each example, and each thing that signals do to the sleeper.</summary>
internal static class Scenes
{
    private static readonly string[] _sleptToTheEnd =
        ["slept 1", "slept 2", "slept 3", "slept 4", "slept 5", "finally", "completion", "result 5"];

    public static IEnumerable<Scene> All => [.. Examples, .. Signals, .. Steered];

    private static IEnumerable<Scene> Examples =>
    [
        Of("first-steps", "reading an order", "attempt 1", "attempt 2", "result two teapots"),
        Of("startup-hooks", "startup: Running", "startup: stock loaded", "result Ada buys a teapot"),
        Of("completion-hooks", "cooking soup", "completion: soup is ready", "result soup"),
        Of(
            "hooks",
            "-- a call that completes", "startup", "completion", "result done",
            "-- one that fails", "startup", "exception: no ink", "throws InvalidOperationException",
            "-- one that fails, and is tried again", "startup", "retry after: no paper", "completion", "result done",
            "-- one that takes too long", "startup", "timeout", "result default",
            "-- one that is cancelled", "startup", "cancellation", "result default",
            "-- one that is restarted", "startup", "restart", "startup", "completion", "result done",
            "-- one that is paused and resumed", "startup", "pause", "resume", "completion", "result done"),
        Of("timeout", "finally", "result default", "throws TimeoutException"),
        Of("attempt-timeout", "attempt 1", "attempt 2", "attempt 3", "result 21"),
        Of("retry", "attempt 1: nobody home", "attempt 2: nobody home", "result letter delivered"),
        Of("retry-strategy", "attempt 1", "attempt 2", "attempt 3", "result sun", "result calm"),
        Of(
            "retry-configured",
            "-- one retry", "attempt 1 to count tea", "attempt 2 to count tea", "throws IOException: busy",
            "-- three retries, after a change of the configuration",
            "attempt 1 to count tea", "attempt 2 to count tea", "attempt 3 to count tea", "attempt 4 to count tea", "result 4"),
        Of("retry-fallback", "attempt 1", "attempt 2", "result yesterday's rates"),
        Of(
            "retry-on",
            "attempt 1 on busy", "attempt 2 on busy", "attempt 3 on busy", "throws IOException",
            "attempt 1 on missing", "throws FileNotFoundException"),
        Of(
            "cache",
            "asking for tea", "asking for coffee", "tea again: 3",
            "asking for milk", "tea was used since coffee was, so coffee had to go: 3", "asking for coffee",
            "asking for salt", "ten callers at once, one question",
            "asking for today's tea", "asking for today's tea"),
        Of("memory-cache", "searching for Emma", "result shelf 4", "result shelf 4", "1 entry in the application's own cache"),
        Of(
            "caller-token",
            "slow: the token has fired", "result default",
            "unwanted: the token has fired", "cancellation: CallerCancel",
            "throws OperationCanceledException with the caller's token: True"),
        Of(
            "context",
            "a sat call out here: False", "attempt 1 is Running", "attempt 2 is Running",
            "Completed with tea at attempt 2, after \"stuck\""),
        Of(
            "waits",
            "Samples.Examples.Importer.Import at Whereabouts.cs:12: Task.WhenAll",
            "  Samples.Examples.Importer.Load at Whereabouts.cs:19: Task.Delay",
            "  Samples.Examples.Importer.Load at Whereabouts.cs:18: SemaphoreSlim.WaitAsync",
            "result 0"),
        Of("helpers", "photos/1: copied", "photos/2: interrupted", "photos: finally", "backup: finally"),
        Of("nested", "train: finally", "cancelled: the ride", "trip: finally", "cancelled: the trip", "result default"),
        Of(
            "shared-tasks",
            "-- a task begun inside a call", "glance: default", "search: throws OperationCanceledException",
            "-- a sat method with a cache", "glance: default", "search: index",
            "-- a task begun outside of calls", "glance: default", "search: index"),
        Of(
            "streams",
            "-- all of it", "reading", "page 1", "page 2", "page 3", "put away", "all read",
            "-- left early", "reading", "page 1", "put away", "all read",
            "-- one that hangs", "reading", "page 1", "put away", "timeout", "throws TimeoutException"),
        Of(
            "control",
            "sync: page 1",
            "Sync is Paused", "Upload is Running", "Watch is Running",
            "upload: done",
            "sync: page 2", "sync: page 3", "sync: page 4", "sync: 4",
            "watch: put away", "0 calls active", "watch: throws OperationCanceledException"),
        Of("whole-class", "walk: sat, attempt 2", "climb: sat, attempt 3", "jump: not sat"),
        Of(
            "policies",
            "tea: attempt 1", "tea: attempt 2", "tea: attempt 3", "result 3",
            "coffee: attempt 1", "coffee: attempt 2", "coffee: attempt 3", "coffee: attempt 4", "coffee: attempt 5", "result 5"),
        Of(
            "worker",
            "Warning Sweeper: Sweep (Running) failed: busy", "Information Sweeper: Sweep (Completed, attempt 2)",
            "-- the host stops", "Information Sweeper: Sweep (Cancelled)", "0 calls active"),
        Of(
            "request-service",
            "aisle booked",
            "Warning Bookings: Book (TimedOut): Timeout", "throws TimeoutException",
            "Warning Bookings: Book (Cancelled): CallerCancel", "throws TaskCanceledException"),
        Of(
            "ten-minutes",
            "bread: 5 euros", "slow: 500", "202", "ready: Degraded", "ready: Healthy"),
        Of(
            "host",
            "Information Sitters: Paused 0 call(s) (*.Tickets.Print) by Code, anna: the database is moved (until it is resumed)",
            "ready: Degraded", "alive: Healthy",
            "Information Sitters: Resumed 0 call(s) (*.Tickets.Print) by Code, nobody named: no reason given",
            "ready: Healthy",
            "-- the host stops",
            "Information Sitters: The host stops: 1 call(s) under way have 20 s to end",
            "printed"),
        Of(
            "opentelemetry",
            "sitters.call.started: 1", "sitters.retries: 1", "Currencies.Load: completed, Unset", "sitters.attempt, sitters.attempt"),
        Of(
            "page",
            "a stranger is sent to sign in: /Account/Login",
            "1 call: Samples.Examples.OperatorPages.Watch", "cancelled 1", "watched"),
        Of("ensure-woven", "Samples is woven"),
        Of("fake-clock", "after 7 hours: asleep", "timeout", "after 8 hours: default"),
        Of("scoped-clock", "after a pause of 9 hours: asleep", "timeout", "after 8 hours more: default"),
    ];

    private static IEnumerable<Scene> Signals =>
    [
        new("A program that ends in order", "draining", "copying small", "copying huge", "left out", "1 left for the next run")
        {
            Acts = [(0.3, Act.Terminate)],
            ExitCode = 75,
        },
        new("Nothing is sent", "signals", ["startup", .. _sleptToTheEnd]),
        new("Cancel by TERM", "signals", "startup", "slept 1", "finally", "cancellation", "result default")
        {
            Acts = [(0.7, Act.Terminate)],
            ExitCode = Signal.ExitCode(Act.Terminate),
        },
        new("Cancel by INT, as Ctrl+C does", "signals", "startup", "slept 1", "finally", "cancellation", "result default")
        {
            Acts = [(0.7, Act.Interrupt)],
            ExitCode = Signal.ExitCode(Act.Interrupt),
        },
        new("Restart", "signals", ["startup", "slept 1", "finally", "restart", "startup", .. _sleptToTheEnd])
        {
            Acts = [(0.7, Act.Restart)],
        },
        new("Pause and resume", "signals", ["startup", .. _sleptToTheEnd])
        {
            Acts = [(0.7, Act.Pause), (2.2, Act.Resume)],
        },
        new("Pause, then restart", "signals", ["startup", "slept 1", "finally", "restart", "startup", .. _sleptToTheEnd])
        {
            Acts = [(0.7, Act.Pause), (1.5, Act.Restart)],
        },
        new("Pause, then cancel", "signals", "startup", "slept 1", "finally", "cancellation", "result default")
        {
            Acts = [(0.7, Act.Pause), (1.5, Act.Terminate)],
            ExitCode = Signal.ExitCode(Act.Terminate),
        },
        new("A timeout of 1.7 s", "signals-timed", "startup", "slept 1", "slept 2", "slept 3", "finally", "timeout", "result default"),
        new(
            "A timeout of 2 s does not run on while paused", "signals-longer",
            "startup", "slept 1", "slept 2", "slept 3", "slept 4", "finally", "completion", "result 4")
        {
            Acts = [(0.7, Act.Pause), (2.2, Act.Resume)],
        },
    ];

    private static IEnumerable<Scene> Steered =>
    [
        new(
            "A job is paused from another shell, and goes on by itself", "three-jobs",
            "three jobs run", "copy: paused by ada, because the disk is full", "mail: sent meanwhile", "copy: goes on", "copy: done", "all done")
        {
            Commands =
            [
                new(
                    "pause PID --method *.Copy --for 1s --reason \"the disk is full\" --as ada",
                    "Paused 1 call"),
            ],
        },
        new(
            "A call that hangs is found by its line, and the log says who ended it and why", "hanging",
            "an import and an export run", "Warning: Import was cancelled by ada: stuck since noon", "import: 0", "export: 1")
        {
            Commands =
            [
                new("tree PID", "Import", "HangingImport.cs:13", "SemaphoreSlim.WaitAsync", "Export"),
                new(
                    "cancel PID --waits-at HangingImport.cs:13 --reason \"stuck since noon\" --as ada",
                    "Cancelled 1 call"),
            ],
        },
        new("A pause that is waited for names what still runs", "still-running", "two reports run", "calculated", "done")
        {
            Commands =
            [
                new("pause PID --yes --wait --timeout 1s", "Calculate", "Print", "not woven") { ExitCode = 3 },
                new("pause PID --yes --wait", "Print", "not woven"),
                new("resume PID --yes", "Resumed"),
            ],
        },
    ];

    private static Scene Of(string example, params string[] lines)
    {
        var title = ExampleList.Find(example)!.Title;
        return new Scene(char.ToUpperInvariant(title[0]) + title[1..], example, lines);
    }
}
