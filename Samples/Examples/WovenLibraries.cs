using Sitters;

namespace Samples.Examples;

internal static class WovenLibraries
{
    public static Task Run()
    {
        // README: ensure-woven
        Sitter.EnsureWoven(typeof(Orders).Assembly);
        // end
        Console.WriteLine($"{typeof(Orders).Assembly.GetName().Name} is woven");
        return Task.CompletedTask;
    }
}
