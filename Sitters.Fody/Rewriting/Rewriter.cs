using Sitters.Fody.Rewriting.Gating;

namespace Sitters.Fody.Rewriting;

/// <summary>Turns the model into IL; the only step that changes the module.</summary>
internal static class Rewriter
{
    public static void Rewrite(Subject subject, ModuleReferences references, WeaverFailures failures)
    {
        foreach (var sat in subject.SatMethods)
        {
            failures.Catch(sat.Method, () => Sit(sat, references), sat.Location);
        }

        foreach (var helper in subject.Helpers)
        {
            failures.Catch(helper.Kickoff, () => Gate(helper.Kickoff, helper.StateMachine, references, frameArgument: null));
        }

        if (subject.Configuration.Signals is { } signals)
        {
            SignalsInitializer.Emit(subject.Module, signals, references);
        }

        subject.Module.Assembly.CustomAttributes.Add(references.Attribute(SittersRuntime.WovenAttribute));
    }

    private static void Sit(SatMethod sat, ModuleReferences references)
    {
        var carrier = new Carrier(sat, sat.IsAsync ? MoveAndGate(sat, references) : sat.Method, references);
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

        new PlanEmitter(carrier).Emit();
        Forwarder.Emit(carrier);
    }

    private static MethodDefinition MoveAndGate(SatMethod sat, ModuleReferences references)
    {
        var body = BodyMover.Move(sat.Method, sat.StateMachine, references);
        Gate(body, sat.StateMachine, references, frameArgument: body.Parameters.Last());
        return body;
    }

    private static void Gate(
        MethodDefinition method,
        StateMachine? machine,
        ModuleReferences references,
        ParameterDefinition? frameArgument)
    {
        if (machine is not null)
        {
            SteppingInformation.KeepCatchHandler(
                machine.MoveNext,
                () => StateMachineGate.Install(method, machine, references, frameArgument));
        }
        else
        {
            RuntimeAsyncGate.Install(method, references, frameArgument);
        }
    }
}
