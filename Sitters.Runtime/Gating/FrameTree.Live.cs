using System.Collections;

namespace Sitters.Runtime.Gating;

internal sealed partial class FrameTree
{
    /// <summary>Frames in the order in which they came: a ring, linked through themselves. Guarded by the scope's lock.</summary>
    private struct LiveFrames : IEnumerable<Frame>
    {
        private Frame? _first;

        public readonly bool IsEmpty => _first is null;

        public void Add(Frame frame)
        {
            if (_first is not { } first)
            {
                _first = frame.NextLive = frame.PreviousLive = frame;
                return;
            }

            var last = first.PreviousLive!;
            (frame.PreviousLive, frame.NextLive) = (last, first);
            last.NextLive = first.PreviousLive = frame;
        }

        /// <returns>False if it is not among them.</returns>
        public bool Remove(Frame frame)
        {
            if (frame is not { PreviousLive: { } before, NextLive: { } after })
            {
                return false;
            }

            if (after == frame)
            {
                _first = null;
            }
            else
            {
                (before.NextLive, after.PreviousLive) = (after, before);
                _first = _first == frame ? after : _first;
            }

            frame.NextLive = frame.PreviousLive = null;
            return true;
        }

        public readonly IEnumerator<Frame> GetEnumerator()
        {
            for (var frame = _first; frame is not null; frame = frame.NextLive == _first ? null : frame.NextLive)
            {
                yield return frame;
            }
        }

        readonly IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
