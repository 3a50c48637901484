namespace SignalProgram;

/// <summary>
/// The arguments: calls to run, such as <c>work:a</c>, and settings, such as <c>wait=startup,restart</c> or <c>listen=</c>.
/// </summary>
internal static class Settings
{
    private static readonly Dictionary<string, string[]> _lists = [];

    public static IReadOnlyList<string> Calls { get; private set; } = [];

    public static void Read(string[] args)
    {
        Calls = [.. args.Where(arg => !arg.Contains('='))];
        foreach (var setting in args.Where(arg => arg.Contains('=')))
        {
            _lists[setting.Split('=')[0]] = setting.Split('=')[1].Split(',');
        }
    }

    public static bool Has(string list) => _lists.ContainsKey(list);

    public static bool Has(string list, string entry) => List(list).Contains(entry);

    public static string[] List(string list) => _lists.GetValueOrDefault(list, []);

    public static int Number(string list) => Has(list) ? int.Parse(List(list)[0], null) : 0;
}
