using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Configuring;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Control;

/// <summary>Connects the public API to the runtime.</summary>
internal sealed class Engine : SitEngine
{
    internal override bool IsPaused(SitterScope? scope) =>
        ControlDomain.Process.State.All is not null || ControlDomain.Of(scope).State.All is not null;

    internal override IReadOnlyList<SitContext> ActiveCalls(SitterScope? scope) =>
        Controller.ActiveCalls(ControlDomain.Of(scope)).ConvertAll(call => call.Context);

    internal override bool TryGetCurrent([NotNullWhen(true)] out SitContext? context)
    {
        context = CurrentFrame.Find(ThreadSlot.Existing) is { } frame ? Call.PublishContext(frame.Scope) : null;
        return context is not null;
    }

    internal override IReadOnlyList<SitWait> WaitsOf(SitCall call) => WaitTree.Of((Call)call).ToWaits();

    internal override void Execute(ControlOrder order) => Orders.Execute(order);

    internal override void ExecuteOn(ControlOrder order, IReadOnlyList<SitContext> calls) =>
        Orders.ExecuteOnCalls(order, ControlDomain.Of(order.Scope), [.. calls.Select(static context => (Call)context.Call)]);

    internal override IReadOnlyList<SitPause> PausesOf(SitterScope? scope)
    {
        var domains = new[] { ControlDomain.Process, ControlDomain.Of(scope) }.Distinct();
        return
        [
            .. domains.SelectMany(static domain => domain.State.Pauses)
                .OrderBy(static pause => pause.Stamp)
                .Select(static pause => new SitPause(pause.Order.Control, pause.Methods?.Text, pause.Since)),
        ];
    }

    internal override void EndScope(SitterScope scope)
    {
        // The pauses last: their timers may be the user's, and fail.
        Configurations.EndWith(scope);
        Orders.EndPauses(ControlDomain.Of(scope));
    }

    internal override Task WhenIdle(SitterScope? scope, CancellationToken cancellationToken) =>
        IdleWaiters.WhenIdle(ControlDomain.Of(scope), cancellationToken);

    internal override Task WhenPaused(SitterScope? scope, CancellationToken cancellationToken) =>
        PausedWait.For(ControlDomain.Of(scope), cancellationToken);

    internal override void Checkpoint() => Checkpoints.Pass();

    internal override ValueTask CheckpointAsync(CancellationToken cancellationToken) => Checkpoints.PassAsync(cancellationToken);

    internal override void ClearCaches(SitterScope? scope, MethodPattern methods) => ResultCaches.Clear?.Invoke(methods.Matches, scope);

    internal override void ListenToSignals()
    {
        SignalListener.Listen();
        OutsideAccess.Prepare();
    }

    internal override void ListenToSignalsByDefault()
    {
        SignalListener.ListenFromFirstCall();
        OutsideAccess.Prepare();
    }

    internal override void ListenForTool() => OutsideAccess.Open();

    internal override ConfigurationLayer OpenConfiguration(SitterScope? scope, string origin, bool endsWithScope) =>
        Configurations.Open(scope, origin, endsWithScope);

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The API finds the runtime here; see SitEngine.")]
    internal static void Connect()
    {
        Scope.Unclaimed = ControlDomain.Process;
        TimeWatch.Connect();
        SitObservers.Changed += Controller.OnObserversChanged;
        Install(new Engine());
    }
}
