using Sitters;

namespace Samples.Examples;

public class Copier
{
    [Sit(CancellationHooks = [nameof(OnCancelled)])]
    public async Task<string?> Copy(string file)
    {
        Console.WriteLine($"copying {file}");
        await Task.Delay(file == "small" ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromHours(1));
        return file;
    }

    private static void OnCancelled() => Console.WriteLine("left out");
}

internal static class Draining
{
    public static async Task Run()
    {
        // README: draining
        // Before anything else: until somebody listens, a USR1 ends the process.
        Sitter.ListenToSignals();
        Sitter.HookFailed += (call, exception) => Console.Error.WriteLine($"a hook of {call} failed: {exception.Message}");

        var copier = new Copier();
        var copies = new[] { copier.Copy("small"), copier.Copy("huge") };
        await Sitter.WhenIdle();

        var left = (await Task.WhenAll(copies)).Count(file => file is null);
        Console.WriteLine($"{left} left for the next run");
        Environment.ExitCode = left == 0 ? 0 : 75;
        // end
    }
}
