namespace Tests.Weaving;

/// <summary>A compiled, unwoven assembly for the weaver to work on.</summary>
internal sealed record Subject(string Name)
{
    public static Subject Debug { get; } = new("AssemblyToProcess.Debug");

    public static Subject Release { get; } = new("AssemblyToProcess.Release");

    public static Subject Faulty { get; } = new("AssemblyToProcess.Faulty");

    public string Dll => Path.Combine(TestContext.CurrentContext.TestDirectory, "subjects", Name + ".dll");

    public IReadOnlyList<string> References => File.ReadAllLines(Path.ChangeExtension(Dll, ".refs.txt"));

    public override string ToString() => Name;
}
