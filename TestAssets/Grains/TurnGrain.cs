namespace Grains;

/// <summary>A grain that looks, wherever code of it runs, whether that is a turn of its activation and the only one.</summary>
public abstract class TurnGrain(IStage stage, IGrainContextAccessor running) : Grain
{
    /// <summary>What callers put into the RequestContext: it has to be there wherever code of a request runs.</summary>
    public const string Trace = nameof(Trace);

    private TaskScheduler? _turns;

    /// <summary>0 or 1, exchanged.</summary>
    private int _isInTurn;

    protected IStage Stage => stage;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _turns = TaskScheduler.Current;
        return base.OnActivateAsync(cancellationToken);
    }

    /// <summary>Says a line, and what is wrong with the place where it does.</summary>
    protected void Note(string line) =>
        Stage.Say(line + (RequestContext.Get(Trace) is null ? ", without its RequestContext" : "") + Look());

    /// <summary>What is wrong with the place: nothing inside a turn.</summary>
    protected string Look(Action? change = null)
    {
        var isAlone = Interlocked.Exchange(ref _isInTurn, 1) == 0;
        var isTurn = TaskScheduler.Current == _turns && ReferenceEquals(running.GrainContext, GrainContext);
        change?.Invoke();
        Interlocked.Exchange(ref _isInTurn, 0);
        return (isTurn ? "" : ", not in a turn") + (isAlone ? "" : ", beside another turn");
    }

    /// <summary>A helper without an attribute.</summary>
    protected async Task Step(string point)
    {
        await Stage.At(point);
        Note(point);
    }
}
