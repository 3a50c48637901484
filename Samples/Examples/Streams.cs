using Sitters;

namespace Samples.Examples;

// README: streams
public class Book(int hangsAt)
{
    [Sit(
        TimeoutSeconds = 0.5,
        OnTimeout = SitOutcome.Throw,
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        TimeoutHooks = [nameof(OnTimeout)])]
    public async IAsyncEnumerable<string> Read()
    {
        try
        {
            for (var page = 1; page <= 3; page++)
            {
                await Task.Delay(page == hangsAt ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(20));
                yield return $"page {page}";
            }
        }
        finally
        {
            Console.WriteLine("put away");
        }
    }

    private static void OnStartup() => Console.WriteLine("reading");

    private static void OnCompletion() => Console.WriteLine("all read");

    private static void OnTimeout() => Console.WriteLine("timeout");
}
// end

internal static class Streams
{
    public static async Task Run()
    {
        Console.WriteLine("-- all of it");
        await foreach (var page in new Book(hangsAt: 0).Read())
        {
            Console.WriteLine(page);
        }

        Console.WriteLine("-- left early");
        await foreach (var page in new Book(hangsAt: 0).Read())
        {
            Console.WriteLine(page);
            break;
        }

        Console.WriteLine("-- one that hangs");
        try
        {
            await foreach (var page in new Book(hangsAt: 2).Read())
            {
                Console.WriteLine(page);
            }
        }
        catch (TimeoutException exception)
        {
            Console.WriteLine($"throws {exception.GetType().Name}");
        }
    }
}
