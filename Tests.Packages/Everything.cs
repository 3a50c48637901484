namespace Tests.Packages;

/// <summary>A consumer's program that uses everything: its sources are in the folder of that name.</summary>
internal static class Everything
{
    /// <summary>What it prints.</summary>
    public static readonly string[] Trace =
    [
        "startup of Hooked", "completion", "hooks: hello you",
        "timeout", "timeout: default",
        "attempt timeout: 2",
        "retry: 3",
        "retry member: 2",
        "cache: 3 3 1",
        "user's cache: a a 2",
        "not async: 4",
        "generic: 5 five",
        "waits: Consumer.Worker.Stops at Worker.cs:85: TaskCompletionSource.Task", "seen from outside: True True True",
        "paused: False Paused", "finally", "resumed: done",
        "finally", "restart", "finally", "restarted: done",
        "finally", "cancellation", "cancelled: default",
        "finally", "cancellation", "signalled: default",
        "caller's token: True",
        "stream: 1", "stream: 2",
        "without flow: 6",
        "struct: 8",
        "exception: as it should", "failed: as it should",
        "created: Created Created+NotAsync", "new: Created+New Created+NewNotAsync Created+NewOfType",
        "suppressed: nothing",
    ];

    public static (string Name, string Text)[] Library { get; } = [Source("Worker.cs"), Source("Annotated.cs")];

    public static (string Name, string Text) Program { get; } = Source("Program.cs");

    public static (string Name, string Text)[] Sources => [.. Library, Program];

    private static (string Name, string Text) Source(string name) => (name, File.ReadAllText(Repository.PathOf("Tests.Packages", "Everything", name)));
}
