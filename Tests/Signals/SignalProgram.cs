using System.Reflection;
using Tests.Weaving;

namespace Tests.Signals;

/// <summary>The program that the signal tests start: as its own build has woven it, or woven anew in another way.</summary>
internal static class SignalProgram
{
    private const string Name = "SignalProgram";

    private static readonly string _folder = System.IO.Path.GetFullPath(
        typeof(SignalProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "SignalProgram").Value!);

    public static string Path => System.IO.Path.Combine(_folder, Name);

    /// <summary>Makes a copy of the program.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="config">The weaver's configuration.</param>
    /// <param name="main">The method that is to be its entry point, if not its Main.</param>
    /// <returns>The path of the copy.</returns>
    public static string Weave(string folder, string config, string? main = null)
    {
        var woven = Weaver.Weave(new Subject(System.IO.Path.Combine(_folder, "unwoven", Name)), config);
        Assert.That(woven.Messages.Where(message => message.Severity is "error" or "failure" or "warning"), Is.Empty);

        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(_folder))
        {
            File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)));
        }

        using var module = woven.Read();
        if (main is not null)
        {
            module.EntryPoint = module.GetType(main[..main.LastIndexOf('.')]).Methods
                .Single(method => method.Name == main[(main.LastIndexOf('.') + 1)..]);
        }

        module.Write(System.IO.Path.Combine(folder, Name + ".dll"));
        return System.IO.Path.Combine(folder, Name);
    }
}
