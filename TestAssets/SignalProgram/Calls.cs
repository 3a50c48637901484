using Sitters;

namespace SignalProgram;

/// <summary>The calls that a test can name.</summary>
internal static class Calls
{
    public static async Task Run(string call)
    {
        var (kind, name) = call.Split(':') is [var first, var second] ? (first, second) : (call, "");
        switch (kind)
        {
            case "work":
                await Tell(name, new Worker(name).Work());
                break;
            case "nest":
                await Tell("outer", new Worker("outer", new Worker("inner")).Work());
                break;
            case "nest-wide":
                await Tell("outer", new Worker("outer", new Worker("left"), new Worker("right")).Work());
                break;
            case "nest-deep":
                await Tell("outer", new Worker("outer", new Worker("middle", new Worker("inner"))).Work());
                break;
            case "throwing":
                await Tell("", Worker.WorkOrThrow());
                break;
            case "busy":
                await Tell("", Task.Run(() => new Busy().Work()));
                break;
            case "busy-without-flow":
                await Tell("", Task.Run(() => new Busy().WorkWithoutFlow()));
                break;
            case "crowd":
                await Crowd.Run(int.Parse(name, null));
                break;
            case "pass":
                await Crowd.Pass();
                break;
            case "tell":
                await Telling.Run();
                break;
            case "host":
                await Hosted.Run(withSitters: false);
                break;
            case "hosted":
                await Hosted.Run(withSitters: true);
                break;
            default:
                await Tell("", Sleeper.Start(kind, int.Parse(name, null)));
                break;
        }
    }

    /// <summary>In place of a loop in Main: for a command.</summary>
    public static void Start(string call) => _ = Task.Run(() => Run(call));

    public static async Task Tell<T>(string name, Task<T> call)
    {
        var place = name.Length == 0 ? "" : name + " ";
        try
        {
            var result = await call;
            Events.Say($"{place}result {result?.ToString() ?? "default"}");
        }
        catch (Exception exception)
        {
            Events.Say($"{place}threw {exception.GetType().Name}");
        }
    }

    /// <summary>The state of a call, once everything that belongs to the change of state is done.</summary>
    public static SitState StateOf(SitContext context)
    {
        var state = context.State;
        _ = context.StartedAt; // Waits until the call's lock is free.
        return state;
    }
}
