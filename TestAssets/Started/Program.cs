namespace Started;

internal static class Program
{
    private static Task<int> Main(string[] args) => args.Length == 0 ? MakeOneCall() : Scenes.Run(args[0]);

    private static async Task<int> MakeOneCall() => await Work.Run(2, 3) == 5 ? 0 : 1;
}
