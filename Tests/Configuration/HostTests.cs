using AssemblyToProcess.Configuring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Sitters;
using Tests.Hosting;

namespace Tests.Configuration;

/// <summary>The section of a real host, from a real file that changes while the host runs.</summary>
internal sealed class HostTests : HostFixture
{
    private const int Changed = 50;
    private const int Rejected = 51;
    private const int Warned = 52;
    private const string Method = "AssemblyToProcess.Configuring.Adjusted.Read";
    private const string Limited = $$"""{ "Sitters": { "Methods": { "{{Method}}": { "TimeoutSeconds": 2 } } } }""";
    private const string Longer = $$"""{ "Sitters": { "Methods": { "{{Method}}": { "TimeoutSeconds": 4 } } } }""";

    private string _file = "";
    private ConfigurationLog _log = null!;

    [SetUp]
    public void MakeFile()
    {
        _file = Path.Combine(Directory.CreateTempSubdirectory("sitters-").FullName, "appsettings.json");
        _log = new ConfigurationLog();
    }

    [TearDown]
    public void DeleteFile()
    {
        _log.Dispose();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Test]
    public async Task the_calls_of_the_host_have_the_settings_of_its_file()
    {
        var host = await StartWith(Limited);

        await TimesOut(In(host, Set<Adjusted>().Read), 2);
    }

    [Test]
    public async Task a_host_does_not_start_with_what_is_wrong_and_all_of_it_is_told()
    {
        var host = BuildWith("""{ "Sitters": { "Defaults": { "TimeoutSecond": 1, "GraceSeconds": -1 }, "Methods": { "Shop.Ordres": {} } } }""");

        var refusal = await Failure<SitterConfigurationException>(host.StartAsync());

        Assert.That(refusal.Problems, Has.Count.EqualTo(3));
        Assert.That(refusal.Message, Does.Contain("'TimeoutSecond' is no setting").And.Contain("GraceSeconds = -1 is out of range").And.Contain("Shop.Ordres"));
    }

    [Test]
    public async Task a_change_is_in_force_for_the_next_call()
    {
        var host = await StartWith(Limited);
        var scene = Set<Adjusted>();
        var before = In(host, scene.Read);

        Save(Longer);
        await _log.Next(Changed);

        await TimesOut(before, 2);
        await TimesOut(In(host, scene.Read), 4);
    }

    [Test]
    public async Task a_bad_change_changes_nothing_and_is_told_once_and_the_next_good_one_counts()
    {
        var rejected = new List<SitterConfigurationException>();
        Sitter.ConfigurationRejected += rejected.Add;
        try
        {
            var host = await StartWith(Limited);
            Save("""{ "Sitters": { "Defaults": { "GraceSeconds": -1 } } }""");
            Assert.That(await _log.Next(Rejected), Does.Contain("Sitters:Defaults: GraceSeconds = -1 is out of range"));
            Save("""{ "Sitters": { "Defaults": { "GraceSeconds": -1 } }, "Other": 1 }""");
            await TimesOut(In(host, Set<Adjusted>().Read), 2);

            Save(Longer);
            await _log.Next(Changed);

            await TimesOut(In(host, Set<Adjusted>().Read), 4);
            Assert.That(rejected, Has.Count.EqualTo(1));
            Assert.That(_log.Count(Rejected), Is.EqualTo(1));
        }
        finally
        {
            Sitter.ConfigurationRejected -= rejected.Add;
        }
    }

    [Test]
    public async Task a_change_beside_the_section_is_not_told()
    {
        var host = await StartWith(Limited);
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        Save(Limited.TrimEnd()[..^1] + """, "Other": 1 }""");
        while (configuration["Other"] != "1")
        {
            await Task.Delay(10);
        }

        // Long enough to be read for itself. Where it is not, this tests nothing.
        await Task.Delay(500);
        Save(Longer);
        await _log.Next(Changed);

        await TimesOut(In(host, Set<Adjusted>().Read), 4);
        Assert.That(_log.Count(Changed), Is.EqualTo(1));
    }

    [Test]
    public async Task that_the_section_is_gone_is_told_as_a_warning()
    {
        var host = await StartWith(Limited);

        File.Delete(_file);

        Assert.That(await _log.Next(Warned), Does.Contain("The section Sitters is gone"));
        await TimesOut(In(host, Set<Adjusted>().Read), 10);
    }

    [Test]
    public async Task a_file_that_is_half_written_is_a_bad_change()
    {
        var host = await StartWith(Limited);

        Save(Longer[..^20]);
        Assert.That(await _log.Next(Rejected), Does.Contain("appsettings.json can't be read"));
        await TimesOut(In(host, Set<Adjusted>().Read), 2);

        Save(Longer);
        await _log.Next(Changed);
        await TimesOut(In(host, Set<Adjusted>().Read), 4);
    }

    [Test]
    public async Task a_half_written_file_whose_failure_is_ignored_is_no_empty_one_until_it_is_one()
    {
        var host = await StartWith(Limited, static context => context.Ignore = true);

        Save("{ \"Sitters\": ");
        await _log.Next(Rejected);
        await TimesOut(In(host, Set<Adjusted>().Read), 2);

        Save("{}");
        await _log.Next(Changed);
        await TimesOut(In(host, Set<Adjusted>().Read), 10);
    }

    [Test]
    public async Task a_handler_of_its_failures_that_fails_itself_hides_none()
    {
        var host = await StartWith(Limited, static _ => throw new InvalidOperationException("a handler"));

        Save("{ \"Sitters\": ");
        await _log.Next(Rejected);

        await TimesOut(In(host, Set<Adjusted>().Read), 2);
    }

    [Test]
    public async Task a_file_that_was_half_written_and_is_empty_or_gone_then_is_a_change([Values] bool isGone)
    {
        var host = await StartWith(Limited);
        Save("{ \"Sitters\": ");
        await _log.Next(Rejected);

        if (isGone)
        {
            File.Delete(_file);
        }
        else
        {
            Save("{}");
        }

        await _log.Next(Changed);
        await TimesOut(In(host, Set<Adjusted>().Read), 10);
    }

    [Test]
    public async Task hosts_that_share_a_file_each_learn_that_it_is_half_written_also_when_another_has_stopped()
    {
        File.WriteAllText(_file, Limited);
        var shared = new ConfigurationBuilder().AddJsonFile(source => Configure(source)).Build();
        var (gone, left) = (BuildOn(configuration => configuration.AddConfiguration(shared)), BuildOn(configuration => configuration.AddConfiguration(shared)));
        await gone.StartAsync();
        await left.StartAsync();
        await gone.StopAsync();
        gone.Dispose();

        Save("{ \"Sitters\": ");
        await _log.Next(Rejected);
        await TimesOut(In(left, Set<Adjusted>().Read), 2);
        (shared as IDisposable)?.Dispose();
    }

    [Test]
    public async Task several_changes_at_once_are_read_together()
    {
        var source = new ChangingSource(("Sitters:Methods:" + Method + ":TimeoutSeconds", "2"));
        var host = BuildOn(configuration => configuration.Add(source));
        await host.StartAsync();

        source.Change("4");
        source.Change("5");
        source.Change("6");
        await _log.Next(Changed);

        await TimesOut(In(host, Set<Adjusted>().Read), 6);
        Assert.That(_log.Count(Changed), Is.EqualTo(1));
    }

    [Test]
    public async Task what_others_do_with_a_change_harms_nothing()
    {
        var source = new ChangingSource(("Sitters:Methods:" + Method + ":TimeoutSeconds", "2"));
        IConfiguration seen = null!;
        var host = BuildOn(configuration => seen = configuration.Add(source).Build());
        using var other = ChangeToken.OnChange(seen.GetReloadToken, static () => throw new InvalidOperationException("an options callback"));
        await host.StartAsync();

        try
        {
            source.Change("4");
        }
        catch (AggregateException)
        {
            // The callback's, which comes out where the change is told.
        }

        await _log.Next(Changed);
        await TimesOut(In(host, Set<Adjusted>().Read), 4);
    }

    [Test]
    public async Task each_host_has_its_own_and_the_first_one_also_that_of_calls_in_no_scope()
    {
        var scene = Set<Adjusted>();
        var first = await StartWith(Limited);
        var second = BuildOn(configuration => configuration.AddInMemoryCollection([new($"Sitters:Methods:{Method}:TimeoutSeconds", "6")]));
        await second.StartAsync();

        var calls = (InFirst: In(first, scene.Read), InSecond: In(second, scene.Read), Outside: scene.Read());
        Clock.Advance(2);
        Assert.That(await Failure<TimeoutException>(calls.InFirst), Has.Message.Contains("after 2 s"));
        Assert.That(await Failure<TimeoutException>(calls.Outside), Has.Message.Contains("after 2 s"));
        await first.StopAsync();
        var later = scene.Read();
        Clock.Advance(6);

        Assert.That(await Failure<TimeoutException>(calls.InSecond), Has.Message.Contains("after 6 s"));
        Assert.That(await Failure<TimeoutException>(later), Has.Message.Contains("after 6 s"));
    }

    [TestCase("Plugin.*", ".")]
    [TestCase("assemblytoprocess.Configuring.*.Read", $": it differs from '{Method}' in upper and lower case, which count in To. Write them as there.")]
    [TestCase("AssemblyToProcess.Configuring.Adjusted.Raed", $"; did you mean '{Method}'?")]
    [TestCase("Adjusted.Read", $"; did you mean '{Method}'?")]
    public async Task an_apply_that_matches_nothing_is_a_warning(string to, string said)
    {
        await StartWith($$"""{ "Sitters": { "Apply": [ { "To": "{{to}}", "GraceSeconds": 1 } ] } }""");

        Assert.That(await _log.Next(Warned), Is.EqualTo($"Sitters:Apply:0: To = '{to}' matches no sat method that is known by now{said}"));
    }

    private async Task TimesOut(Task<string?> call, double seconds)
    {
        Clock.Advance(seconds - 0.5);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.5);
        Assert.That(await Failure<TimeoutException>(call), Has.Message.Contains($"after {seconds} s"));
    }

    private async Task<IHost> StartWith(string json, Action<FileLoadExceptionContext>? onFailure = null)
    {
        var host = BuildWith(json, onFailure);
        await host.StartAsync();
        return host;
    }

    private IHost BuildWith(string json, Action<FileLoadExceptionContext>? onFailure = null)
    {
        File.WriteAllText(_file, json);
        return BuildOn(configuration => configuration.AddJsonFile(source => Configure(source, onFailure)));
    }

    private void Configure(FileConfigurationSource source, Action<FileLoadExceptionContext>? onFailure = null)
    {
        source.Path = _file;
        source.ResolveFileProvider();
        source.ReloadOnChange = true;
        source.ReloadDelay = 10;
        source.OnLoadException = onFailure;
    }

    private IHost BuildOn(Action<IConfigurationManager> configure)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        configure(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(_log);
        builder.AddSitters();
        return Keep(builder.Build());
    }

    /// <summary>In one step, so that what is half written is only what a test writes half.</summary>
    private void Save(string json)
    {
        var next = _file + ".next";
        File.WriteAllText(next, json);
        File.Move(next, _file, overwrite: true);
    }
}
