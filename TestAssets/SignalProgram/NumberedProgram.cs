namespace SignalProgram;

/// <summary>The same program where its Main returns a number: the tests make it the entry point.</summary>
internal static class NumberedProgram
{
    public static int Run(string[] args)
    {
        Program.Run(args).GetAwaiter().GetResult();
        return 7;
    }
}
