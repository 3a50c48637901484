using Sitters.Fody.Rewriting.Forwarding;
using Sitters.Fody.Rewriting.Gating;
using Sitters.Fody.Rewriting.Mapping;

namespace Sitters.Fody.Rewriting;

/// <summary>Turns the model into IL; the only step that changes the module.</summary>
/// <param name="references">What woven code refers to.</param>
/// <param name="map">Is told of each gated await.</param>
/// <param name="report">Is told of each call that is given a token.</param>
internal sealed class Rewriter(ModuleReferences references, AwaitMap map, ForwardReport report)
{
    private CalledBack _calledBack = null!;

    public void Rewrite(Subject subject, WeaverFailures failures)
    {
        _calledBack = new CalledBack(subject, target =>
            ReturnedCalls.Forward(target, references, references.Runtime.Gate.Running, () => Forward(target, target, machine: null)));
        foreach (var sat in subject.SatMethods)
        {
            failures.Catch(sat.Method, () => Sit(sat), sat.Location);
        }

        foreach (var helper in subject.Helpers)
        {
            failures.Catch(helper.Kickoff, () => Gate(helper.Kickoff, helper.Kickoff, helper.StateMachine, frameArgument: null));
        }

        if (subject.Configuration.Signals is { } signals)
        {
            SignalsInitializer.Emit(subject.Module, signals, references);
        }

        map.Emit();
        MethodCatalogWriter.Emit(subject.Module, subject.SatMethods);
        subject.Module.Assembly.CustomAttributes.Add(references.Attribute(SittersRuntime.WovenAttribute));
    }

    private void Sit(SatMethod sat)
    {
        var carrier = new Carrier(sat, sat.IsAsync ? MoveAndGate(sat) : sat.Method, references);
        var task = carrier.Own.In(sat.Method.ReturnType);
        carrier.Implement(references.Runtime.SatMethod(task));
        new CarrierCalls(carrier).Emit();
        if (sat.IsCached)
        {
            // Base interfaces are listed too, as compilers do: otherwise the trimmer would take their methods for unused.
            carrier.Implement(references.Type("System.IEquatable`1", carrier.Self));
            carrier.Implement(references.Runtime.SatCachedMethod(task, carrier.Self));
            new CarrierKey(carrier).Emit();
        }

        if (!sat.IsAsync && !sat.IsStream)
        {
            ReturnedCalls.Forward(
                sat.Method,
                references,
                references.Runtime.Gate.EnteredBody,
                () => Forward(sat.Method, sat.Method, machine: null));
        }

        new PlanEmitter(carrier).Emit();
        Forwarder.Emit(carrier);
    }

    private MethodDefinition MoveAndGate(SatMethod sat)
    {
        var body = BodyMover.Move(sat.Method, sat.StateMachine, references);
        Gate(body, sat.Method, sat.StateMachine, frameArgument: body.Parameters.Last());
        return body;
    }

    /// <param name="method">The method, or the one that has its body.</param>
    /// <param name="owner">The method as the user wrote it.</param>
    /// <param name="machine">Its state machine, if it has one.</param>
    /// <param name="frameArgument">The frame that is passed to a sat method; null for a helper.</param>
    private void Gate(MethodDefinition method, MethodDefinition owner, StateMachine? machine, ParameterDefinition? frameArgument)
    {
        if (machine is null)
        {
            RuntimeAsyncGate.Install(
                method,
                map.Add(owner),
                references,
                frameArgument,
                () => Forward(method, owner, machine: null));
            return;
        }

        SteppingInformation.KeepCatchHandler(machine.MoveNext, () => StateMachineGate.Install(
            method,
            machine,
            map.Add(owner),
            references,
            frameArgument,
            () => Forward(machine.MoveNext, owner, machine.Type)));
    }

    private MethodForwarding Forward(MethodDefinition code, MethodDefinition owner, TypeDefinition? machine) =>
        new(code.Body, machine, owner, references, _calledBack, (call, forwarded) => report.Add(code, owner, call, forwarded));
}
