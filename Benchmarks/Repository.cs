using System.Reflection;

namespace Benchmarks;

internal static class Repository
{
    public static string Path { get; } = System.IO.Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!);
}
