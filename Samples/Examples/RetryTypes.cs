using Sitters;

namespace Samples.Examples;

// README: retry-on
public class Disk
{
    [Sit(MaxAttempts = 3, RetryOn = [typeof(IOException)], AbortOn = [typeof(FileNotFoundException)])]
    public async Task<int> Size(string file)
    {
        await Task.Delay(10);
        Console.WriteLine($"attempt {SitContext.Current.Attempt} on {file}");
        throw file == "missing" ? new FileNotFoundException() : new IOException();
    }
}
// end

internal static class RetryTypes
{
    public static async Task Run()
    {
        foreach (var file in new[] { "busy", "missing" })
        {
            try
            {
                await new Disk().Size(file);
            }
            catch (IOException exception)
            {
                Console.WriteLine($"throws {exception.GetType().Name}");
            }
        }
    }
}
