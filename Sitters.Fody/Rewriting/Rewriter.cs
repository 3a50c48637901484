using Sitters.Fody.Rewriting.Gating;

namespace Sitters.Fody.Rewriting;

/// <summary>Turns the model into IL; the only step that changes the module.</summary>
internal static class Rewriter
{
    public static void Rewrite(Subject subject, RuntimeTypes runtime, Defects defects)
    {
        foreach (var sat in subject.SatMethods)
        {
            defects.Catch(sat.Method, () => Sit(sat, runtime), sat.Place);
        }

        foreach (var helper in subject.Helpers)
        {
            defects.Catch(helper.Kickoff, () => Gate(helper.Kickoff, helper.StateMachine, runtime, frameArgument: null));
        }

        if (subject.Configuration.Signals is { } signals)
        {
            SignalsInitializer.Emit(subject.Module, signals, runtime);
        }

        subject.Module.Assembly.CustomAttributes.Add(runtime.Attribute(RuntimeTypes.WovenAttribute));
    }

    private static void Sit(SatMethod sat, RuntimeTypes runtime)
    {
        var carrier = new Carrier(sat, sat.IsAsync ? MoveAndGate(sat, runtime) : sat.Method, runtime);
        var task = carrier.Own.In(sat.Method.ReturnType);
        carrier.Implement(runtime.Type("ISatMethod`1", task));
        new CarrierCalls(carrier).Emit();
        if (sat.IsCached)
        {
            // Each of its interfaces is named, as compilers do: the trimmer takes the methods of others for unused.
            carrier.Implement(runtime.Type("System.IEquatable`1", carrier.Self));
            carrier.Implement(runtime.Type("ISatCachedMethod`2", task, carrier.Self));
            new CarrierKey(carrier).Emit();
        }

        new PlanEmitter(carrier).Emit();
        Forwarder.Emit(carrier);
    }

    private static MethodDefinition MoveAndGate(SatMethod sat, RuntimeTypes runtime)
    {
        var body = BodyMover.Move(sat.Method, sat.StateMachine, runtime);
        Gate(body, sat.StateMachine, runtime, frameArgument: body.Parameters.Last());
        return body;
    }

    private static void Gate(MethodDefinition method, StateMachine? machine, RuntimeTypes runtime, ParameterDefinition? frameArgument)
    {
        if (machine is not null)
        {
            SteppingInformation.KeepCatchHandler(machine.MoveNext, () => StateMachineGate.Install(method, machine, runtime, frameArgument));
        }
        else
        {
            RuntimeAsyncGate.Install(method, runtime, frameArgument);
        }
    }
}
