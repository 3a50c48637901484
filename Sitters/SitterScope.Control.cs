namespace Sitters;

// An overload by filter and one by name are told apart by their first argument, whatever is optional after it.
#pragma warning disable RS0026

// The four verbs, for the calls of one scope.
public sealed partial class SitterScope
{
    /// <summary>Pauses every sat call at its next await; calls that begin during the pause wait before their startup hooks.</summary>
    public void Pause() => Order(SitVerb.Pause, null);

    /// <summary>Pauses every sat call at its next await; calls that begin during the pause wait before their startup hooks.</summary>
    /// <param name="control">Who, why and for how long.</param>
    /// <exception cref="ArgumentNullException"><paramref name="control"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a rate, which is without effect here.</exception>
    public void Pause(SitControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        Order(SitVerb.Pause, control);
    }

    /// <summary>Pauses the active calls that pass the filter.</summary>
    /// <param name="filter">Selects among the calls that are active now. What it throws comes out here, after the others were seen to.</param>
    /// <param name="control">Who, why and for how long.</param>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a rate, which is without effect here.</exception>
    public void Pause(Func<SitContext, bool> filter, SitControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Order(SitVerb.Pause, control, filter: filter);
    }

    /// <summary>Pauses the calls of some methods, those that are active and those that begin later, until they are resumed.</summary>
    /// <param name="methods">Their full names, <c>Namespace.Type.Method</c>, with * and ? as wildcards.</param>
    /// <param name="control">Who, why and for how long.</param>
    /// <exception cref="ArgumentNullException"><paramref name="methods"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="methods"/> is empty or has blanks; <paramref name="control"/> has
    /// a rate, which is without effect here.</exception>
    public void Pause(string methods, SitControl? control = null) => Order(SitVerb.Pause, control, MethodPattern.Parse(methods));

    /// <summary>Ends the pause of everything. A call goes on from exactly where it is, unless another pause covers it.</summary>
    public void Resume() => Order(SitVerb.Resume, null);

    /// <summary>Ends the pause of everything. A call goes on from exactly where it is, unless another pause covers it.</summary>
    /// <param name="control">Who, why and how fast.</param>
    /// <exception cref="ArgumentNullException"><paramref name="control"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time, which is without effect here.</exception>
    public void Resume(SitControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        Order(SitVerb.Resume, control);
    }

    /// <summary>Resumes the active calls that pass the filter.</summary>
    /// <param name="filter">Selects among the calls that are active now. What it throws comes out here, after the others were seen to.</param>
    /// <param name="control">Who, why and how fast.</param>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time, which is without effect here.</exception>
    public void Resume(Func<SitContext, bool> filter, SitControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Order(SitVerb.Resume, control, filter: filter);
    }

    /// <summary>
    /// Ends the pauses of these methods, also within a pause of more methods. A pause of everything, and those of single calls, stay.
    /// </summary>
    /// <param name="methods">Their full names, <c>Namespace.Type.Method</c>, with * and ? as wildcards.</param>
    /// <param name="control">Who, why and how fast.</param>
    /// <exception cref="ArgumentNullException"><paramref name="methods"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="methods"/> is empty or has blanks; <paramref name="control"/> has
    /// a time, which is without effect here.</exception>
    public void Resume(string methods, SitControl? control = null) => Order(SitVerb.Resume, control, MethodPattern.Parse(methods));

    /// <summary>
    /// Restarts the outermost sat calls from their beginning; the calls that run inside them are cancelled, and start again with
    /// their caller. Ends the pause of everything, if there is one.
    /// </summary>
    public void Restart() => Order(SitVerb.Restart, null);

    /// <summary>
    /// Restarts the outermost sat calls from their beginning; the calls that run inside them are cancelled, and start again with
    /// their caller. Ends the pause of everything, if there is one.
    /// </summary>
    /// <param name="control">Who and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="control"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time or a rate, which is without effect here.</exception>
    public void Restart(SitControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        Order(SitVerb.Restart, control);
    }

    /// <summary>Restarts the active calls that pass the filter.</summary>
    /// <param name="filter">Selects among the calls that are active now. What it throws comes out here, after the others were seen to.</param>
    /// <param name="control">Who and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time or a rate, which is without effect here.</exception>
    public void Restart(Func<SitContext, bool> filter, SitControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Order(SitVerb.Restart, control, filter: filter);
    }

    /// <summary>Restarts the active calls of some methods.</summary>
    /// <param name="methods">Their full names, <c>Namespace.Type.Method</c>, with * and ? as wildcards.</param>
    /// <param name="control">Who and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="methods"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="methods"/> is empty or has blanks; <paramref name="control"/> has
    /// a time or a rate, which is without effect here.</exception>
    public void Restart(string methods, SitControl? control = null) => Order(SitVerb.Restart, control, MethodPattern.Parse(methods));

    /// <summary>Cancels every sat call, the innermost first. Ends the pause of everything, if there is one.</summary>
    public void Cancel() => Order(SitVerb.Cancel, null);

    /// <summary>Cancels every sat call, the innermost first. Ends the pause of everything, if there is one.</summary>
    /// <param name="control">Who and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="control"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time or a rate, which is without effect here.</exception>
    public void Cancel(SitControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        Order(SitVerb.Cancel, control);
    }

    /// <summary>Cancels the active calls that pass the filter.</summary>
    /// <param name="filter">Selects among the calls that are active now. What it throws comes out here, after the others were seen to.</param>
    /// <param name="control">Who and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time or a rate, which is without effect here.</exception>
    public void Cancel(Func<SitContext, bool> filter, SitControl? control = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Order(SitVerb.Cancel, control, filter: filter);
    }

    /// <summary>Cancels the active calls of some methods.</summary>
    /// <param name="methods">Their full names, <c>Namespace.Type.Method</c>, with * and ? as wildcards.</param>
    /// <param name="control">Who and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="methods"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="methods"/> is empty or has blanks; <paramref name="control"/> has
    /// a time or a rate, which is without effect here.</exception>
    public void Cancel(string methods, SitControl? control = null) => Order(SitVerb.Cancel, control, MethodPattern.Parse(methods));

    private void Order(
        SitVerb verb, SitControl? control, MethodPattern? methods = null, Func<SitContext, bool>? filter = null) =>
        SitEngine.Instance.Execute(new ControlOrder(verb, this, control) { Methods = methods, Filter = filter });
}
