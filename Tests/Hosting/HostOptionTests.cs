using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sitters;

namespace Tests.Hosting;

/// <summary>Options that mean nothing keep the host from starting, by a sentence.</summary>
[SetCulture("de-DE")]
internal sealed class HostOptionTests : HostFixture
{
    [TestCase(-0.5, "SittersOptions.DrainSeconds is -0.5: it is a number of seconds, 0 or more. Leave it out for the host's ShutdownTimeout less two seconds.")]
    [TestCase(double.NaN, "SittersOptions.DrainSeconds is NaN: it is a number of seconds, 0 or more. Leave it out for the host's ShutdownTimeout less two seconds.")]
    [TestCase(double.PositiveInfinity, "SittersOptions.DrainSeconds is Infinity: it is a number of seconds, 0 or more. Leave it out for the host's ShutdownTimeout less two seconds.")]
    [TestCase(60.5, "SittersOptions.DrainSeconds is 60.5, but the host gives up after 30 seconds: set HostOptions.ShutdownTimeout to more than that.")]
    public async Task a_time_that_can_not_be(double seconds, string sentence)
    {
        var host = Build(options => options.DrainSeconds = seconds);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.That(failure!.Message, Is.EqualTo(sentence));
        Assert.That(CallHosts.All, Is.Empty);
    }

    [Test]
    public async Task a_host_without_a_limit_takes_any_time()
    {
        var host = await Start(
            options => options.DrainSeconds = 1e6,
            services => services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan));

        await host.StopAsync().InTime();
    }

    [Test]
    public async Task a_callback_that_throws_keeps_the_host_from_starting_and_leaves_nothing_behind()
    {
        var host = Build(static _ => throw new InvalidDataException("the callback"));

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => host.StartAsync());

        Assert.That(failure!.Message, Is.EqualTo("the callback"));
        Assert.That(CallHosts.All, Is.Empty);
        Assert.That(SitObservers.Any, Is.False);
    }

    [Test]
    public async Task a_host_that_does_not_start_for_another_reason_leaves_nothing_behind_either()
    {
        var host = Build(services: services => services.AddHostedService<Failing>());

        await Assert.ThrowsAsync<IOException>(() => host.StartAsync());
        host.Dispose();

        Assert.That(CallHosts.All, Is.Empty);
        Assert.That(SitObservers.Any, Is.False);
        await Sitter.WhenIdle().InTime();
    }

    [Test]
    public async Task what_is_added_twice_is_there_once_and_has_the_options_of_both()
    {
        var seconds = new List<double?>();
        await Start(
            options => options.DrainSeconds = 7,
            services => services.AddSitters(options =>
            {
                seconds.Add(options.DrainSeconds);
                options.DrainSeconds = 8;
            }));

        Assert.That(CallHosts.All, Has.Count.EqualTo(1));
        Assert.That(seconds, Is.EqualTo(new double?[] { 7 }));
    }

    [Test]
    public void nothing_can_not_get_sitters()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddSitters());
            Assert.Throws<ArgumentNullException>(() => ((IHostApplicationBuilder)null!).AddSitters());
            Assert.Throws<ArgumentNullException>(() => ((IHealthChecksBuilder)null!).AddSitters());
        }
    }

    private sealed class Failing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new IOException("not today");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
