using System.Reflection;
using Tests.Interleavings.Rewriting;
using Run = (System.Action[] Threads, System.Action[] Closing, System.Func<string?> Verdict);

namespace Tests.Interleavings.Exploring;

/// <summary>The woven subject on a rewritten runtime.</summary>
internal sealed class Subject
{
    private readonly Func<string[], int, Run> _create;
    private readonly Func<string[], int[]> _forms;

    public Subject(Assemblies assemblies)
    {
        var scenario = assemblies.Subject.GetType("Interleaved.Scenario", throwOnError: true)!;
        _create = scenario.GetMethod("Create")!.CreateDelegate<Func<string[], int, Run>>();
        _forms = scenario.GetMethod("Forms")!.CreateDelegate<Func<string[], int[]>>();
        Events = (string[])scenario.GetProperty("EventNames", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
    }

    /// <summary>The runtime as it is.</summary>
    public static Subject Sound { get; private set; } = new(new Assemblies());

    /// <summary>A run has failed, and what it has left behind is not to be met by others.</summary>
    public static void Renew() => Sound = new Subject(new Assemblies());

    /// <summary>What can happen to a call.</summary>
    public IReadOnlyList<string> Events { get; }

    /// <summary>The forms that it has while these happen: variations of a scenario.</summary>
    public int[] Forms(params string[] events) => _forms(events);

    /// <summary>It is neither watched nor a stream.</summary>
    public static bool IsPlain(int form) => form < 4;

    public Run Create(Scenario scenario) => _create(scenario.Events, scenario.Variation);
}
