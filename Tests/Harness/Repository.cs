namespace Tests.Harness;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    private static readonly string _root = Root();

    public static string PathOf(params string[] parts) => Path.Combine([_root, .. parts]);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sitters.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"There is no Sitters.sln above {AppContext.BaseDirectory}.");
    }
}
