using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Control;

/// <summary>Connects the public API to the runtime.</summary>
internal sealed class Engine : SitEngine
{
    internal override bool IsPaused => Controller.IsPaused;

    internal override IReadOnlyList<SitContext> ActiveCalls => Controller.ActiveCalls().ConvertAll(call => call.Context);

    internal override bool TryGetCurrent([NotNullWhen(true)] out SitContext? context)
    {
        context = CurrentFrame.Find(ThreadSlot.Existing) is { } frame ? Call.PublishContext(frame.Scope) : null;
        return context is not null;
    }

    internal override void Pause(Func<SitContext, bool>? filter) => Controller.Pause(filter);

    internal override void Resume(Func<SitContext, bool>? filter) => Controller.Resume(filter);

    internal override void Restart(Func<SitContext, bool>? filter) => Controller.Restart(filter);

    internal override void Cancel(Func<SitContext, bool>? filter) => Controller.Cancel(filter);

    internal override Task WhenIdle(CancellationToken cancellationToken) => IdleWaiters.WhenIdle(cancellationToken);

    internal override void ListenToSignals() => SignalListener.Listen();

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The API finds the runtime here; see SitEngine.")]
    internal static void Connect()
    {
        Scope.Unclaimed = new UnclaimedScopes();
        Install(new Engine());
    }
}
