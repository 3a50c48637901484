using Sitters;

namespace Samples.Examples;

// README: helpers
public class Backup
{
    [Sit(TimeoutSeconds = 0.3)]
    public async Task Run()
    {
        try
        {
            await CopyFolder("photos");
        }
        finally
        {
            Console.WriteLine("backup: finally");
        }
    }

    // No attribute, no token: it is under the control of the sat call that it runs in.
    private static async Task CopyFolder(string name)
    {
        try
        {
            await Task.WhenAll(Copy($"{name}/1"), Copy($"{name}/2"));
        }
        finally
        {
            await Task.Delay(10);
            Console.WriteLine($"{name}: finally");
        }
    }

    private static async Task Copy(string file)
    {
        try
        {
            await Task.Delay(file.EndsWith('1') ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromHours(1));
            Console.WriteLine($"{file}: copied");
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"{file}: interrupted");
            throw;
        }
    }
}
// end

internal static class Helpers
{
    public static Task Run() => new Backup().Run();
}
