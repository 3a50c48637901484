using System.Reflection;

namespace Sitters.Runtime.Telemetry;

/// <summary>The version that others are told: that of the package, without what names the commit.</summary>
internal static class PackageVersion
{
    public static string? Text { get; } = typeof(PackageVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion.Split('+')[0];
}
