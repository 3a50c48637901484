using Sitters;

namespace Samples.Examples;

// README: whole-class
[Sit(MaxAttempts = 2)]
public class Robots
{
    public async Task<string> Walk() => await Move("walk");

    [Sit(MaxAttempts = 3)]
    public async Task<string> Climb() => await Move("climb");

    [Sit(Disabled = true)]
    public async Task<string> Jump() => await Move("jump");

    [Sit(Disabled = true)]
    private static async Task<string> Move(string how)
    {
        await Task.Delay(10);
        throw new IOException($"{how}: {(SitContext.TryGetCurrent(out var call) ? $"sat, attempt {call.Attempt}" : "not sat")}");
    }
}
// end

internal static class WholeClasses
{
    public static async Task Run()
    {
        var robots = new Robots();
        foreach (var move in new[] { robots.Walk, robots.Climb, robots.Jump })
        {
            try
            {
                await move();
            }
            catch (IOException exception)
            {
                Console.WriteLine(exception.Message);
            }
        }
    }
}
