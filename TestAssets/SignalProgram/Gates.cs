using System.Collections.Concurrent;

namespace SignalProgram;

/// <summary>What the calls wait for in place of work: a test opens each when it likes, and it stays open.</summary>
internal static class Gates
{
    // Waiting code goes on inside Open: once that has returned, whatever could go on has done so.
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    public static Task Wait(string name) => Gate(name).Task;

    public static void Open(string name) => Gate(name).TrySetResult();

    private static TaskCompletionSource Gate(string name) => _gates.GetOrAdd(name, _ => new TaskCompletionSource());
}
