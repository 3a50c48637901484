using System.Diagnostics;

namespace Tests.Assemblies;

/// <summary>A redis-server for one test alone: it listens on a Unix socket of its own.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    /// <summary>However the tests end, their end of the pipe is closed then, and the server goes with them.</summary>
    private const string UntilInputEnds = "redis-server \"$@\" & cat > /dev/null; kill $!; wait";

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private RedisServer(DirectoryInfo folder, Process process)
    {
        _folder = folder;
        _process = process;
    }

    /// <summary>As StackExchange.Redis writes the address of a file.</summary>
    public string Endpoint => "!" + SocketIn(_folder);

    public static async Task<RedisServer> Start()
    {
        if (!IsInstalled())
        {
            Assert.Ignore("There is no redis-server here: apt-get install redis-server.");
        }

        var folder = Directory.CreateTempSubdirectory("sitters-redis-");
        var process = Process.Start(new ProcessStartInfo(
            "/bin/sh",
            ["-c", UntilInputEnds, "sh", "--port", "0", "--unixsocket", SocketIn(folder), "--save", "", "--appendonly", "no", "--dir",
                folder.FullName])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.OrdinalIgnoreCase))
            {
                return new RedisServer(folder, process);
            }
        }

        throw new InvalidOperationException("redis-server ended before it was ready.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static bool IsInstalled() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    private static string SocketIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "socket");
}
