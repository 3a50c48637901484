namespace Tests.Packages;

/// <summary>The runtime of .NET 11 that tests use.</summary>
[Category("Net11")]
internal sealed class Net11RuntimeTests
{
    [Test]
    public async Task the_runtime_that_is_laid_out_is_that_of_net_11() =>
        Assert.That((await Net11Runtime.Run("--list-runtimes")).StandardOutput, Does.Contain($"Microsoft.NETCore.App {Net11Runtime.Version} [")
            .And.Contain($"Microsoft.AspNetCore.App {Net11Runtime.Version} [").And.Not.Contain(" 10."));
}
