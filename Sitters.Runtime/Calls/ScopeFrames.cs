using System.Runtime.InteropServices;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Mapping;

namespace Sitters.Runtime.Calls;

/// <summary>The methods that run in a scope at some moment, each with those that it waits for.</summary>
internal sealed class ScopeFrames
{
    private readonly FramePlace[] _places;

    /// <summary>Null where there is but one.</summary>
    private readonly Dictionary<Frame, List<FramePlace>>? _children;

    public ScopeFrames(Scope scope)
    {
        _places = Array.ConvertAll(scope.Frames(), static entry => FramePlace.Of(entry.Frame, entry.Parent));
        if (_places.Length == 1)
        {
            return;
        }

        _children = [];
        foreach (var place in _places.AsSpan(1))
        {
            ref var children = ref CollectionsMarshal.GetValueRefOrAddDefault(_children, StarterOf(place), out _);
            (children ??= []).Add(place);
        }
    }

    public FramePlace Root => _places[0];

    public IReadOnlyList<FramePlace> ChildrenOf(Frame frame) => _children?.GetValueOrDefault(frame) ?? [];

    /// <summary>
    /// The method that has started another. Code that came in through the ExecutionContext, by Task.Run and the like, does not say which one that
    /// was; but such code is most often a lambda or a local function, and the method that it is written in is known.
    /// </summary>
    private Frame StarterOf(FramePlace place)
    {
        if (place.Frame.IsFlowEntry && AwaitMaps.Find(place.Module, place.Site)?.Method.Owner is { } owner)
        {
            foreach (var candidate in _places)
            {
                if (candidate.Frame != place.Frame
                    && AwaitMaps.Find(candidate.Module, candidate.Site)?.Method == owner
                    && !IsInside(candidate, place.Frame))
                {
                    return candidate.Frame;
                }
            }
        }

        return place.Parent!;
    }

    private bool IsInside(FramePlace place, Frame frame)
    {
        for (FramePlace? next = place; next is { Parent: { } parent }; next = Find(parent))
        {
            if (parent == frame)
            {
                return true;
            }
        }

        return false;
    }

    private FramePlace? Find(Frame frame)
    {
        foreach (var place in _places)
        {
            if (place.Frame == frame)
            {
                return place;
            }
        }

        return null;
    }
}
