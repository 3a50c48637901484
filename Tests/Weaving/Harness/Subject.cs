namespace Tests.Weaving;

/// <summary>A compiled, unwoven assembly for the weaver to work on; with a full path, or from the folder of subjects.</summary>
internal sealed record Subject(string Name)
{
    public static Subject Debug { get; } = new("AssemblyToProcess.Debug");

    public static Subject Release { get; } = new("AssemblyToProcess.Release");

    /// <summary>What the runtime itself suspends.</summary>
    public static Subject RuntimeAsync { get; } = new("AssemblyToProcess.RuntimeAsync");

    /// <summary>The same, unoptimized.</summary>
    public static Subject RuntimeAsyncDebug { get; } = new("AssemblyToProcess.RuntimeAsyncDebug");

    public static Subject Faulty { get; } = new("AssemblyToProcess.Faulty");

    public bool IsRuntimeAsync => this == RuntimeAsync || this == RuntimeAsyncDebug;

    public string Dll => Path.Combine(TestContext.CurrentContext.TestDirectory, "subjects", Name + ".dll");

    /// <summary>The list of the files that it was compiled against, where that is not beside it.</summary>
    public string? ReferenceList { get; init; }

    public IReadOnlyList<string> References => File.ReadAllLines(ReferenceList ?? Path.ChangeExtension(Dll, ".refs.txt"));

    public override string ToString() => Path.GetFileName(Name);
}
