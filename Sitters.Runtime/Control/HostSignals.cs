using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Control;

/// <summary>The signals by which .NET's hosts are stopped, while one of them runs that sees to its calls itself.</summary>
internal static class HostSignals
{
    /// <summary>Whether a signal is left to the hosts.</summary>
    /// <param name="number">The system's number.</param>
    public static bool AreLeft(int number) =>
        number is SignalNames.SigInt or SignalNames.SigQuit or SignalNames.SigTerm && CallHosts.All.Count > 0;

    /// <summary>Has the hosts hear of it, and cancels the calls that none of them sees to. To be called under no lock.</summary>
    /// <param name="number">The system's number.</param>
    /// <param name="isRepeated">It is one and the same wish with the last one.</param>
    public static void Follow(int number, bool isRepeated)
    {
        var others = Controller.ActiveCalls(ControlDomain.Process).FindAll(static call => CallHosts.Of(call.ControlScope) is null);
        if (others.Count > 0)
        {
            Orders.ExecuteOnCalls(new ControlOrder(SitVerb.Cancel, null, SitControl.Signal), ControlDomain.Process, others);
        }

        if (isRepeated)
        {
            return;
        }

        var effects = CallHosts.All.Select(static host => host.OnStopSignal()).ToList();
        if (effects.Contains(StopSignalEffect.Stuck) && !effects.Contains(StopSignalEffect.Hurried))
        {
            // As the signal does without us and without a host, which keeps it from that.
            Environment.Exit(SignalNames.ToExitCode(number));
        }
    }
}
