namespace Tests.Packages;

/// <summary>A C# project with implicit usings needs no <c>using Sitters;</c>. That those of other languages are left alone, their own tests
/// show: their projects set the same property.</summary>
[Category("Packages")]
public sealed class ImplicitUsingTests
{
    private const string Executable =
        "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>";

    private static readonly (string, string) _program = ("Program.cs", Consumers.WorkerProgram);
    private static readonly (string, string) _workerWithUsing = ("Worker.cs", Consumers.Worker);
    private static readonly (string, string) _workerWithoutUsing = ("Worker.cs", Consumers.Worker.Replace("using Sitters;", ""));

    private readonly Consumers _consumers = new("usings");

    [TestCase("Given", "")]
    [TestCase("Given by itself too", """<Using Include="Sitters" />""")]
    public async Task with_implicit_usings_the_namespace_is_there(string project, string items)
    {
        _consumers.AddProject(project, Executable, Consumers.SittersReference + items, _workerWithoutUsing, _program);

        (await _consumers.Dotnet("build", project)).Succeeded();

        Assert.That(await _consumers.Run(_consumers.AssemblyOf(project)), Is.EqualTo(Consumers.WorkerTrace));
    }

    [TestCase("Switched off", "<SittersImplicitUsings>false</SittersImplicitUsings>", "")]
    [TestCase("Removed", "", """<Using Remove="Sitters" />""")]
    [TestCase("Without any", "<ImplicitUsings>disable</ImplicitUsings>", """<Using Include="System;System.Threading.Tasks" />""")]
    public async Task it_is_not_there_where_it_is_not_wanted(string project, string properties, string items)
    {
        _consumers.AddProject(project, Executable + properties, Consumers.SittersReference + items, _workerWithoutUsing, _program);
        var without = await _consumers.Dotnet("build", project);
        _consumers.AddProject(project, Executable + properties, Consumers.SittersReference + items, _workerWithUsing, _program);
        var with = await _consumers.Dotnet("build", project);

        Assert.That(without.Errors(project), Has.Some.Contains("error CS0246: The type or namespace name 'SitContext' could not be found"));
        with.Succeeded();
    }
}
