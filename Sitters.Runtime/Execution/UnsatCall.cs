using System.Diagnostics;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Execution;

/// <summary>
/// A call of a method that configuration has disabled: it runs as if the method bore no [Sit]. Inside another call it is a helper, as any
/// other async method is there.
/// </summary>
[StackTraceHidden]
internal static class UnsatCall
{
    public static TTask Run<TMethod, TTask>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
    {
        var slot = ThreadSlot.Existing;
        if (!plan.IsAsync || CurrentFrame.Find(slot) is not { } parent)
        {
            return method.Invoke(null);
        }

        var frame = HelperFrame.Start(slot ?? ThreadSlot.Mine, parent);
        try
        {
            return method.Invoke(frame);
        }
        finally
        {
            frame.Leave();
        }
    }

    /// <summary>A stream, whose steps look for their call themselves.</summary>
    public static TStream Make<TMethod, TStream>(ref TMethod method)
        where TMethod : struct, ISatMethod<TStream> => method.Invoke(null);
}
