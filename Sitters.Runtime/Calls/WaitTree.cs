using Sitters.Runtime.Gating;
using Sitters.Runtime.Mapping;

namespace Sitters.Runtime.Calls;

/// <summary>
/// Where the methods of a call stand, those of the calls inside it too: as lines from the outermost on, so that a tree of any depth needs no
/// recursion.
/// </summary>
internal sealed class WaitTree
{
    private static readonly AwaitPlace _endOfPause = new(new MappedMethod(""), null, 0, "the end of the pause", false);
    private static readonly AwaitPlace _nextAttempt = new(new MappedMethod(""), null, 0, "the next attempt", false);

    private readonly List<StandingMethod> _lines = [];

    /// <summary>What is still to be listed, the next one on top.</summary>
    private readonly Stack<Open> _open = [];

    /// <summary>Shared calls may wait for one another in a circle while one of them gives up.</summary>
    private HashSet<Call> _calls = [];

    /// <summary>Not in the set: the first hash of an object is slow, and most calls have no call inside.</summary>
    private Call? _outermost;

    public IReadOnlyList<StandingMethod> Lines => _lines;

    public static WaitTree Of(Call call)
    {
        var tree = new WaitTree();
        tree.Read(call);
        return tree;
    }

    /// <summary>Becomes the tree of a call: for whoever reads those of many calls, one after the other.</summary>
    public void Read(Call call)
    {
        Clear();
        _outermost = call;
        Push(call, depth: 0);
        while (_open.TryPop(out var next))
        {
            Add(next);
        }
    }

    /// <summary>Refers to no call any more.</summary>
    public void Clear()
    {
        _lines.Clear();
        _outermost = null;

        // One that has grown is slow to clear, for each call to come.
        if (_calls.Count > 16)
        {
            _calls = [];
        }

        _calls.Clear();
    }

    /// <summary>The same as nested objects.</summary>
    public IReadOnlyList<SitWait> ToWaits()
    {
        // From the last line to the first, so that what is inside is there before what is around it.
        var inside = new Dictionary<int, List<SitWait>>();
        for (var index = _lines.Count - 1; index >= 0; index--)
        {
            var line = _lines[index];
            inside.Remove(line.Depth + 1, out var children);
            children?.Reverse();
            if (!inside.TryGetValue(line.Depth, out var siblings))
            {
                inside.Add(line.Depth, siblings = []);
            }

            siblings.Add(line.ToWait(children ?? []));
        }

        inside.Remove(0, out var outermost);
        outermost?.Reverse();
        return outermost ?? [];
    }

    private void Push(Call call, int depth)
    {
        if (call.HasEnded || (depth > 0 && (call == _outermost || !_calls.Add(call))))
        {
            return;
        }

        var scopes = call.RunningScopes;
        if (scopes.Count == 0)
        {
            // Between two attempts, or before the first.
            _open.Push(new Open(depth, call, null, null));
        }

        for (var index = scopes.Count - 1; index >= 0; index--)
        {
            var frames = new ScopeFrames(scopes[index]);
            _open.Push(new Open(depth, call, frames, frames.Root));
        }
    }

    private void Add(Open next)
    {
        if (next is not { Frames: { } frames, Place: { } place })
        {
            _lines.Add(new StandingMethod(next.Depth, next.Call!.Plan.Name, OutsideOfCode(next.Call), 0, next.Call));
            return;
        }

        if (place.Frame is InnerFrame inner)
        {
            Push((Call)inner.Call, next.Depth);
            return;
        }

        var children = frames.ChildrenOf(place.Frame);
        if (next.Call is { IsStream: true } stream && StepOf(stream, children) is { } step)
        {
            // The scope only holds the steps of the stream together: the method stands where the step does.
            place = step;
            children = [.. frames.ChildrenOf(step.Frame), .. children.Where(child => child != step)];
        }

        // Of a helper that runs its first stretch no more is known than the call that it belongs to.
        var at = AwaitMaps.Find(place.Module, place.Site);
        var name = next.Call?.Plan.Name ?? at?.Method.Name ?? place.Frame.Scope.Plan.Name;
        _lines.Add(new StandingMethod(next.Depth, name, place.IsSuspended ? at : null, place.Since, next.Call));
        for (var index = children.Count - 1; index >= 0; index--)
        {
            _open.Push(new Open(next.Depth + 1, null, frames, children[index]));
        }
    }

    /// <summary>What a call waits for while none of its code has begun, or is to begin again.</summary>
    private static AwaitPlace? OutsideOfCode(Call call) => (call.State, call.Exception) switch
    {
        (SitState.Pending, _) => _endOfPause,
        (SitState.Running, not null) when call.Plan.Retries => _nextAttempt,
        _ => null,
    };

    private static FramePlace? StepOf(Call stream, IReadOnlyList<FramePlace> children)
    {
        foreach (var child in children)
        {
            if (AwaitMaps.Find(child.Module, child.Site)?.Method.Name == stream.Plan.Name)
            {
                return child;
            }
        }

        return null;
    }

    /// <param name="Depth">How many are around it.</param>
    /// <param name="Call">The call whose own method it is.</param>
    /// <param name="Frames">Those of its scope; null for a call that runs nothing.</param>
    /// <param name="Place">The method's.</param>
    private readonly record struct Open(int Depth, Call? Call, ScopeFrames? Frames, FramePlace? Place);
}
