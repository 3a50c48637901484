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
        var frame = Enter(plan);
        try
        {
            return method.Invoke(frame);
        }
        finally
        {
            frame?.Leave();
        }
    }

    /// <summary>A stream, whose steps look for their call themselves.</summary>
    public static TStream Make<TMethod, TStream>(ref TMethod method)
        where TMethod : struct, ISatMethod<TStream> => method.Invoke(null);

    /// <summary>The helper's frame; null outside of any call, and for a body that is not async. Code that all methods share.</summary>
    private static HelperFrame? Enter(Plan plan)
    {
        var slot = ThreadSlot.Existing;
        return plan.IsAsync && CurrentFrame.Find(slot) is { } parent ? HelperFrame.Start(slot ?? ThreadSlot.Mine, parent) : null;
    }
}
