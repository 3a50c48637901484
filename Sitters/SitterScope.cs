namespace Sitters;

/// <summary>
/// A part of the process that has control, clock, shared caches and idleness of its own: the calls that begin in it feel no other scope.
/// It travels with the ExecutionContext, so code that is started in it belongs to it.
/// </summary>
/// <remarks>
/// <para>What is done to the whole process, by a signal or by <see cref="Sitter"/> in code that runs in no scope, is done to its calls too.</para>
/// <para>
/// Disposing of it leaves it: the code after that belongs to whatever was around it. Its calls run on to their own end, and can still be
/// controlled through this object; its pauses end, and so does what <see cref="Sitter.Configure"/> has set in it.
/// </para>
/// </remarks>
public sealed partial class SitterScope : IDisposable
{
    private static readonly AsyncLocal<SitterScope?> _current = new();

    /// <summary>Set by the first scope, and never cleared: until then there is nothing to look for.</summary>
    private static bool _isUsed;

    /// <summary>Null for that of the process, whatever it is at the time.</summary>
    private TimeProvider? _timeProvider;

    /// <summary>Set once, by CAS.</summary>
    private object? _domain;
    private volatile bool _isDisposed;

    private SitterScope(string? name) => Name = name;

    private SitterScope(SitterScopeOptions? options)
    {
        Name = options?.Name;
        Outer = Current;
        _timeProvider = options?.TimeProvider ?? Sitter.TimeProvider;
    }

    /// <summary>Its name; null if it was given none.</summary>
    public string? Name { get; }

    /// <summary>Whether everything in it is paused, so that calls that begin now wait.</summary>
    public bool IsPaused => SitEngine.Instance.IsPaused(this);

    /// <summary>The calls of the scope that are active now: a snapshot.</summary>
    public IReadOnlyList<SitContext> ActiveCalls => SitEngine.Instance.ActiveCalls(this);

    /// <summary>The clock of every timeout, delay and expiry of its calls and caches. Tests swap it.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider ?? Sitter.ProcessTimeProvider;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _timeProvider = value;
        }
    }

    /// <summary>The scope that the running code is in; null for none.</summary>
    internal static SitterScope? Current => _isUsed ? _current.Value : null;

    /// <summary>The scope that it began in; null for none.</summary>
    internal SitterScope? Outer { get; }

    /// <summary>Whether it was disposed of. Code that was started in it may run on, and is in it still.</summary>
    internal bool IsDisposed => _isDisposed;

    /// <summary>Begins a scope: from here on the code that runs, and what it starts, is in it, until it is disposed of.</summary>
    /// <param name="options">Its name and its clock.</param>
    /// <returns>The scope.</returns>
    public static SitterScope Begin(SitterScopeOptions? options = null)
    {
        var scope = new SitterScope(options);
        scope.Enter();
        return scope;
    }

    /// <summary>A scope in no other and with the clock of the process, which no code is in until it is entered.</summary>
    internal static SitterScope Create(string? name) => new(name);

    /// <summary>From here on the code that runs, and what it starts, is in the scope: until the end of the async method that it is.</summary>
    internal void Enter()
    {
        _isUsed = true;
        _current.Value = this;
    }

    /// <summary>Waits until no call of the scope is active.</summary>
    /// <param name="cancellationToken">Ends the wait, not the calls.</param>
    /// <returns>A task that completes when no call is active.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WhenIdle(CancellationToken cancellationToken = default) => SitEngine.Instance.WhenIdle(this, cancellationToken);

    /// <summary>
    /// Waits until no call of the scope runs any code: each stands still at an await, held by a pause, and its pause hooks, which therefore
    /// must not wait for this, are over. Completes at once where no call is active.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, not the pause.</param>
    /// <returns>A task that completes when all calls stand still.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WhenPaused(CancellationToken cancellationToken = default) => SitEngine.Instance.WhenPaused(this, cancellationToken);

    /// <summary>
    /// Drops the stored results of some methods: from the scope's shared caches, and from those of objects that were first asked in it.
    /// </summary>
    /// <param name="methods">Their full names, <c>Namespace.Type.Method</c>, with * and ? as wildcards.</param>
    /// <exception cref="ArgumentNullException"><paramref name="methods"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="methods"/> is empty or has blanks.</exception>
    public void ClearCaches(string methods = "*") => SitEngine.Instance.ClearCaches(this, MethodPattern.Parse(methods));

    /// <summary>
    /// Leaves the scope, and ends its pauses and what <see cref="Sitter.Configure"/> has set in it. Its calls run on to their end.
    /// </summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (Current == this)
        {
            _current.Value = Outer;
        }

        SitEngine.Instance.EndScope(this);
    }

    /// <summary>Its name, or that it has none.</summary>
    /// <returns>A line for a log.</returns>
    public override string ToString() => $"scope {Name ?? "without a name"}";

    /// <summary>What the runtime keeps for it, made when it is first asked for.</summary>
    internal T Domain<T>(Func<SitterScope, T> make)
        where T : class
    {
        if (Volatile.Read(ref _domain) is { } domain)
        {
            return (T)domain;
        }

        var made = make(this);
        return (T)(Interlocked.CompareExchange(ref _domain, made, null) ?? made);
    }
}
