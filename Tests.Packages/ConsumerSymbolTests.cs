namespace Tests.Packages;

/// <summary>Whatever symbols a project has, it is woven, and stack traces tell its lines where there are any.</summary>
[Category("Packages")]
public sealed class ConsumerSymbolTests
{
    private const string Program = """
        try
        {
            await new Thrower().Throw();
        }
        catch (InvalidOperationException exception)
        {
            Console.WriteLine(exception.StackTrace!.Split('\n')[0].Trim());
        }

        public class Thrower
        {
            [Sitters.Sit(MaxAttempts = 2)]
            public async Task Throw()
            {
                await Task.Yield();
                throw new InvalidOperationException($"attempt {Sitters.SitContext.Current.Attempt}");
            }
        }
        """;

    [Test]
    public async Task a_program_is_woven_and_shows_the_lines_that_it_has_symbols_for([Values("portable", "embedded", "full", "none")] string kind, [Values("Debug", "Release")] string configuration)
    {
        var consumers = new Consumers($"symbols-{kind}-{configuration}");
        consumers.AddProject("App", $"<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><DebugType>{kind}</DebugType>", Consumers.SittersReference, ("Program.cs", Program));

        var build = (await consumers.Dotnet("build", "App", "-c", configuration)).Succeeded();
        var trace = await consumers.Run(consumers.PathOf("App", "bin", configuration, "net10.0", "App.dll"));

        Assert.That(build.Warnings(), Is.Empty);
        Assert.That(trace.Single(), Does.StartWith("at Thrower.Throw()"));
        Assert.That(trace.Single(), kind == "none" ? Does.Not.Contain("line") : Does.EndWith("Program.cs:line 16"));
    }
}
