using System.Diagnostics;
using System.Text;

namespace Tests.Signals;

/// <summary>The signal program in a process of its own: what it says is read line by line, and only giving up depends on time.</summary>
internal sealed class Child : IAsyncDisposable
{
    /// <summary>How long a program may say nothing before it counts as hanging, however busy the machine.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _unseen = [];
    private readonly CancellationTokenSource _outOfPatience = new();
    private int _commands;

    private Child(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, data) => _errors.AppendLine(data.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>What the program has said so far, without what only says how far it is.</summary>
    public IEnumerable<string> Events => _lines.Where(line => !line.StartsWith(". ") && !line.StartsWith("ok "));

    /// <summary>The number of its process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts the program and waits until its calls have begun.</summary>
    public static Task<Child> Start(params string[] arguments) => Start(SignalProgram.Path, arguments);

    public static async Task<Child> Start(string program, string[] arguments)
    {
        var child = new Child(new ProcessStartInfo(program, arguments));
        await child.Until(". ready");
        return child;
    }

    /// <summary>Starts the program with more in its environment.</summary>
    public static async Task<Child> Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(SignalProgram.Path, arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new Child(start);
        await child.Until(". ready");
        return child;
    }

    /// <summary>Starts the program and waits until it has said a line.</summary>
    public static async Task<Child> StartUntil(string line, params string[] arguments)
    {
        var child = await Start(arguments);
        await child.Until(line);
        return child;
    }

    /// <summary>Starts the program as nohup does.</summary>
    public static async Task<Child> StartDeafTo(Signal signal, params string[] arguments)
    {
        var child = new Child(
            new ProcessStartInfo("/bin/sh", ["-c", $"trap '' {signal}; exec \"$@\"", "sh", SignalProgram.Path, .. arguments]));
        await child.Until(". ready");
        return child;
    }

    public void Send(Signal signal) => signal.Send(_process.Id);

    /// <summary>Sends a signal and waits until a handler that the program registered for it was called.</summary>
    /// <remarks>
    /// .NET calls the handlers of a signal one after the other, the first registered last: by then the handler of Sitters is done.
    /// </remarks>
    public async Task SendAndHear(Signal signal)
    {
        Send(signal);
        await Until($". heard {signal} before");
    }

    /// <summary>Waits until the program has said these lines, in whatever order. What was waited for once is waited for anew.</summary>
    public async Task Until(params string[] lines)
    {
        foreach (var line in lines)
        {
            while (!_unseen.Remove(line))
            {
                if (!await Read())
                {
                    throw new AssertionException($"The program ended before it said '{line}'.\n{this}");
                }
            }
        }
    }

    /// <summary>Tells the program to do something, without waiting for it.</summary>
    public int Tell(string command)
    {
        _process.StandardInput.WriteLine($"{++_commands} {command}");
        _process.StandardInput.Flush();
        return _commands;
    }

    /// <summary>
    /// Tells the program to do something and waits for the answer. Whatever that made its calls do, they have done, where they were free
    /// to; a command that may end the program is only sent.
    /// </summary>
    public async Task<string> Ask(string command)
    {
        var answer = $"ok {Tell(command)}";
        var next = _lines.Count;
        while (true)
        {
            for (; next < _lines.Count; next++)
            {
                if (_lines[next] == answer || _lines[next].StartsWith(answer + " "))
                {
                    return _lines[next][answer.Length..].Trim();
                }
            }

            if (!await Read())
            {
                throw new AssertionException($"The program ended before it did '{command}'.\n{this}");
            }
        }
    }

    /// <summary>Opens a gate, and waits for what that sets going.</summary>
    public async Task Open(string gate) => await Ask($"open {gate}");

    /// <summary>Sends a signal so long after another that it does not count as the same one told twice.</summary>
    public async Task SendLater(Signal signal)
    {
        await Task.Delay(TimeSpan.FromSeconds(0.6));
        Send(signal);
    }

    /// <summary>Moves the program's clock on, and waits for what that sets going.</summary>
    public async Task Advance(double seconds) => await Ask(FormattableString.Invariant($"advance {seconds}"));

    /// <summary>Lets the sleeper sleep its half seconds, from one of that number to another.</summary>
    public async Task Sleep(int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            await Until($". sleeping {i}");
            Tell("advance 0.5");
            await Until($"slept {i}");
        }
    }

    /// <summary>Waits until the program has come to the end of its Main.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> End()
    {
        await Until(". end");
        return await Exit();
    }

    /// <summary>Waits until a signal has killed the program.</summary>
    public async Task IsKilledBy(Signal signal)
    {
        var code = await Exit();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_lines, Has.No.Member(". end"), ToString());
            Assert.That(code, Is.EqualTo(128 + signal.Number()), ToString());
        }
    }

    /// <summary>Kills it, so that nothing of its own runs any more.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync(_outOfPatience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.EndAsync();
        _outOfPatience.Dispose();
    }

    public override string ToString() => $"It said:\n{string.Join('\n', _lines)}\n{_errors}";

    private async Task<int> Exit()
    {
        while (await Read())
        {
        }

        await _process.WaitForExitAsync(_outOfPatience.Token);
        return _process.ExitCode;
    }

    private async Task<bool> Read()
    {
        _outOfPatience.CancelAfter(_patience);
        try
        {
            if (await _process.StandardOutput.ReadLineAsync(_outOfPatience.Token) is not { } line)
            {
                return false;
            }

            _lines.Add(line);
            _unseen.Add(line);
            return true;
        }
        catch (OperationCanceledException)
        {
            throw new AssertionException($"The program says nothing more.\n{this}");
        }
    }
}
