using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Sitters.Hosting.Life;

/// <summary>Keeps a host with options that mean nothing from starting.</summary>
internal sealed class OptionsCheck(IOptions<HostOptions> host) : IValidateOptions<SittersOptions>
{
    private const string Default = "Leave it out for the host's ShutdownTimeout less two seconds.";
    private const string Remedy = "set HostOptions.ShutdownTimeout to more than that.";

    public ValidateOptionsResult Validate(string? name, SittersOptions options)
    {
        if (options.DrainSeconds is not { } seconds)
        {
            return ValidateOptionsResult.Success;
        }

        if (!(seconds >= 0 && seconds <= TimeSpan.MaxValue.TotalSeconds / 2))
        {
            return ValidateOptionsResult.Fail(Text(
                $"SittersOptions.DrainSeconds is {seconds}: it is a number of seconds, 0 or more. {Default}"));
        }

        var limit = host.Value.ShutdownTimeout;
        return limit != Timeout.InfiniteTimeSpan && seconds > limit.TotalSeconds
            ? ValidateOptionsResult.Fail(Text(
                $"SittersOptions.DrainSeconds is {seconds}, but the host gives up after {limit.TotalSeconds} seconds: {Remedy}"))
            : ValidateOptionsResult.Success;
    }

    private static string Text(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
