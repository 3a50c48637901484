using System.Text;
using System.Text.RegularExpressions;
using Sitters;

namespace Storm;

/// <summary>What has happened to one call, in order, as its observer and its hooks were told.</summary>
internal sealed partial class Life(SitContext call)
{
    private readonly StringBuilder _seen = new();
    private readonly StringBuilder _hooks = new();

    /// <summary>
    /// Restarts, each with some attempts before it; some attempts; the end. A wait between two attempts may be cut short.
    /// </summary>
    [GeneratedRegex("^S((A(RA)*R?)?X)*(A(RA)*R?)?E$")]
    private static partial Regex SeenInOrder { get; }

    /// <summary>The same with the hooks: a start may be missing where the call was interrupted before it, and one end is told twice, by two hooks.</summary>
    [GeneratedRegex("^((sr*)?x)*(sr*(cC|eE|tT|kK)|tT|kK)$")]
    private static partial Regex HooksInOrder { get; }

    public void See(char what)
    {
        lock (_seen)
        {
            _seen.Append(what);
        }
    }

    public void Hook(char what)
    {
        lock (_hooks)
        {
            _hooks.Append(what);
        }
    }

    public void End()
    {
        See('E');
        var seen = Text(_seen);
        var hooks = Text(_hooks);
        Books.Expect(SeenInOrder.IsMatch(seen), $"{call} was observed as {seen}");
        Books.Expect(HooksInOrder.IsMatch(hooks), $"{call} had the hooks {hooks}");
        Books.Expect(hooks.Count(hook => hook == 'x') == call.Restarts, $"{call} with {call.Restarts} restarts had the hooks {hooks}");
        Books.Expect(
            hooks.EndsWith(
                call.State switch
                {
                    SitState.Completed => 'C',
                    SitState.Failed => 'E',
                    SitState.TimedOut => 'T',
                    SitState.Cancelled => 'K',
                    _ => '?',
                }),
            $"{call} ended with the hooks {hooks}");
        Books.Count($"calls {call.State}");
    }

    public override string ToString() => $"{call} by {call.Interrupt}, observed as {Text(_seen)}, with the hooks {Text(_hooks)}, waits at {string.Join("; ", call.Waits)}";

    private static string Text(StringBuilder builder)
    {
        lock (builder)
        {
            return builder.ToString();
        }
    }
}
