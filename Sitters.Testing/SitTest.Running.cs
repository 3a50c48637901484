using System.Globalization;

namespace Sitters.Testing;

// How a test runs calls.
public sealed partial class SitTest
{
    /// <summary>Runs code of the test, and moves the clock until it is done: through retries, limits and pauses that end by themselves.</summary>
    /// <param name="call">The code. What it starts is in the test, also where <see cref="Begin"/> was called elsewhere.</param>
    /// <returns>A task that completes when the code's has; with its own exception, if it has failed.</returns>
    /// <exception cref="SitTestException">It was not done within <see cref="SitTestOptions.GiveUpAfter"/>; the message says where each call
    /// stands.</exception>
    public async Task Run(Func<Task> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var running = Start(call);
        await Move(running).ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }

    /// <summary>Runs code of the test, and moves the clock until it is done: through retries, limits and pauses that end by themselves.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="call">The code. What it starts is in the test, also where <see cref="Begin"/> was called elsewhere.</param>
    /// <returns>The result.</returns>
    /// <exception cref="SitTestException">It was not done within <see cref="SitTestOptions.GiveUpAfter"/>; the message says where each call
    /// stands.</exception>
    public async Task<T> Run<T>(Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var running = Start(call);
        await Move(running).ConfigureAwait(false);
        return await running.ConfigureAwait(false);
    }

    /// <summary>Moves the clock until a task that the test has begun before is done.</summary>
    /// <param name="call">The task.</param>
    /// <returns>A task that completes when that has; with its own exception, if it has failed.</returns>
    /// <exception cref="SitTestException">As above.</exception>
    public Task Run(Task call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Run(() => call);
    }

    /// <summary>Moves the clock until a task that the test has begun before is done.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="call">The task.</param>
    /// <returns>The result.</returns>
    /// <exception cref="SitTestException">As above.</exception>
    public Task<T> Run<T>(Task<T> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Run(() => call);
    }

    /// <summary>In the test's scope, whoever begins it; the caller is where it was when this returns.</summary>
    private async Task Start(Func<Task> call)
    {
        Enter();
        await NotNull(call()).ConfigureAwait(false);
    }

    private async Task<T> Start<T>(Func<Task<T>> call)
    {
        Enter();
        return await NotNull(call()).ConfigureAwait(false);
    }

    private static T NotNull<T>(T? task)
        where T : Task => task ?? throw new InvalidOperationException("The code that SitTest.Run was given has returned null instead of a task.");

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_end is not null, this);
        Scope.Enter();
        _presence.Enter();
    }

    private async Task Move(Task running)
    {
        var moving = _mover.MoveUntil(running, _options.Patience, _options.GiveUpAfter);
        await Task.WhenAny(running, moving).ConfigureAwait(false);
        if (!running.IsCompleted && !await moving.ConfigureAwait(false))
        {
            throw new SitTestException(GivenUp());
        }

        // Off the stack of the step that has brought it to its end: what the test does next must not run inside of it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private string GivenUp()
    {
        var next = _clock.NextAt is { } time
            ? $"The next timer rings in {TimeSpan.FromTicks(time - _clock.GetTimestamp())}"
            : "No timer waits for the clock";
        var calls = Scope.ActiveCalls.Count == 0
            ? "No sat call of this test runs. Those of a web host are in it where the host is set up after SitTest.Begin(), with AddSitters, or "
                + "where the test's server has PreserveExecutionContext."
            : Places.Of(Scope);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The test was not done after {_options.GiveUpAfter.TotalSeconds:0.###} s of real time. Its clock has moved by {Elapsed}. {next}.{Environment.NewLine}{calls}");
    }
}
