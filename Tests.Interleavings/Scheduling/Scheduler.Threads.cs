namespace Tests.Interleavings.Scheduling;

// Logical threads, and the real ones that they run on.
internal sealed partial class Scheduler
{
    /// <summary>A new thread, which begins whenever the chooser wants.</summary>
    public LogicalThread Add(string name, Action body)
    {
        var maker = _current;
        var key = maker is null ? (ulong)_made : Place.Mix(maker.Past, (ulong)++maker.Made);
        var thread = new LogicalThread(this, _made++, name, body, key) { Clock = maker?.Clock.Copy() ?? new Clock() };
        _threads.Add(thread);
        return thread;
    }

    /// <summary>The same, but it begins now, and the running thread goes on as soon as that one has come to its first scheduling point.</summary>
    public void AddAndRun(string name, Action body)
    {
        var running = _current!;
        var thread = Add(name, body);
        thread.ReturnTo = running;
        (thread.Choice, thread.Turn) = (running.Choice, running.Turn);
        Switch(running, thread);
    }

    private void Switch(LogicalThread from, LogicalThread to)
    {
        var worker = from.Worker!;
        Resume(to);
        worker.AwaitTurn();
    }

    private void Resume(LogicalThread thread)
    {
        _turn = thread;
        if (thread.Worker is { } worker)
        {
            worker.Go();
        }
        else
        {
            Begin(thread);
        }
    }

    private void Begin(LogicalThread thread)
    {
        var worker = Workers.Take();
        worker.Begin(() => RunOn(worker, thread));
    }

    private void RunOn(Worker worker, LogicalThread? thread)
    {
        while (thread is { Worker: null })
        {
            thread.Worker = worker;
            RunBody(worker, thread);
            Points++;
            thread = thread.ReturnTo ?? Choose(null);
            _turn = thread;
        }

        Workers.Return(worker);
        if (thread is not null)
        {
            thread.Worker!.Go();
        }
        else if (_threads.Count == 0)
        {
            _over.Release();
        }
        else
        {
            Failure ??= Deadlock();
            _over.Release();
        }
    }

    private void RunBody(Worker worker, LogicalThread thread)
    {
        _current = thread;
        worker.Forget();
        try
        {
            thread.Body();
        }
        catch (Exception thrown)
        {
            Failure ??= $"thread {thread} has thrown {thrown}";
        }

        if (thread.Locks > 0)
        {
            Failure ??= $"thread {thread} has ended with a lock";
        }

        thread.HasEnded = true;
        _threads.Remove(thread);
        _current = null;
    }
}
