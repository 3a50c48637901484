using Sitters;

namespace AssemblyToProcess.Faulty;

public class HookNames
{
    [Sit(StartupHooks = ["OnStratup"])]
    public Task Misspelt() => Task.CompletedTask; // SIT003

    [Sit(CompletionHooks = [nameof(WrongParameter)], ExceptionHooks = [nameof(WrongResult)])]
    public Task Shapes() => Task.CompletedTask; // SIT003 SIT003

    [Sit(StartupHooks = [nameof(OnStartup)])]
    public static Task Static() => Task.CompletedTask; // SIT003

    [Sit(HooksType = typeof(Elsewhere), StartupHooks = [nameof(OnStartup)])]
    public Task InOtherType() => Task.CompletedTask; // SIT003

    [Sit(HooksType = typeof(Elsewhere), StartupHooks = [nameof(Elsewhere.Instance)])]
    public Task InstanceOfOtherType() => Task.CompletedTask; // SIT003

    [Sit(HooksType = typeof(Open<>), StartupHooks = ["Hook"])]
    public Task OpenType() => Task.CompletedTask; // SIT003

    [Sit(StartupHooks = [nameof(Ready)])]
    public Task Property() => Task.CompletedTask; // SIT003

    [Sit(StartupHooks = [null!])]
    public Task Nameless() => Task.CompletedTask; // SIT003

    public Func<Task> Lambda(int number)
    {
        return [Sit(StartupHooks = [nameof(OnStartup)])] async () => await Task.Delay(number); // SIT003
    }

    private Func<Task> Ready { get; } = () => Task.CompletedTask;

    private void OnStartup()
    {
    }

    private void WrongParameter(int number)
    {
    }

    private int WrongResult() => 1;
}

public class Elsewhere
{
    public void Instance()
    {
    }

    public static void Usable()
    {
    }
}

public class Open<T>
{
    public static void Hook()
    {
    }
}
