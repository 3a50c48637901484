using System.Reflection;
using CliWrap;
using CliWrap.Buffered;

namespace Tests.Hosting;

/// <summary>The host of .NET 8, which starts its services in another way than later ones.</summary>
internal sealed class HostOf8Tests
{
    [Test]
    public async Task services_run_in_the_scope_of_their_host_and_their_calls_end_by_themselves()
    {
        var program = Path.GetFullPath(Path.Combine(
            typeof(HostOf8Tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "HostOf8").Value!, "HostOf8"));

        var run = await Cli.Wrap(program).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();

        Assert.That(run.StandardOutput.Trim().Split('\n'), Is.EqualTo(
            new[] { "host 8.0.0.0" }.Concat(Enumerable.Repeat("1 call in the scope; result worked", 4))), run.StandardError);
    }
}
