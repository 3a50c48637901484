using Mono.Cecil.Rocks;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>Finds the awaits of sat methods that the gates will pass over, since they look like none that is known.</summary>
internal static class UnknownAwaits
{
    public static IReadOnlyList<Finding> Of(Subject subject, WeaverFailures failures)
    {
        var found = new List<Finding>();
        foreach (var sat in subject.SatMethods)
        {
            failures.Catch(sat.Method, () => found.AddRange(sat.IsAsync ? Of(sat) : OfStream(sat)));
        }

        return found;
    }

    /// <summary>No compiler makes such streams yet; the day one does, nobody is to believe that they are under control.</summary>
    private static IEnumerable<Finding> OfStream(SatMethod sat)
    {
        if (AsyncBodies.MakesRuntimeAsyncStream(sat.Method))
        {
            var told = KnownRules.UnknownAwait.Broken(
                $"{sat.Name}: an async iterator that the runtime suspends, without a state machine, is not under control. "
                    + "Compile it without runtime async",
                sat.Location);
            yield return told with { Sat = sat };
        }
    }

    private static IEnumerable<Finding> Of(SatMethod sat)
    {
        var code = sat.StateMachine?.MoveNext ?? sat.Method;
        var body = Simplified(code.Body);
        var unknown = sat.StateMachine is null ? RuntimeAwaitSite.FindUnknown(body) : AwaitSiteFinder.FindUnknown(body);

        // Compilers may give one await two ways to suspend.
        var places = unknown.Select(instruction => PointBefore(code, instruction) ?? sat.Location).GroupBy(point => point?.StartLine);
        foreach (var place in places)
        {
            var told = KnownRules.UnknownAwait.Broken(
                $"{sat.Name}: an await of a form that Sitters does not know, such as of a dynamic value, is not under control. "
                    + "Await a Task or a ValueTask",
                place.First());
            yield return told with { Sat = sat };
        }
    }

    private static SequencePoint? PointBefore(MethodDefinition code, Instruction instruction) =>
        code.DebugInformation.SequencePoints.LastOrDefault(point => !point.IsHidden && point.Offset <= instruction.Offset);

    /// <summary>A copy of the body, which is not to be changed yet.</summary>
    private static MethodBody Simplified(MethodBody body)
    {
        var copies = body.Instructions.ToDictionary(instruction => instruction, InstructionWalk.Copy);
        foreach (var pair in copies)
        {
            pair.Value.Offset = pair.Key.Offset;
            pair.Value.Operand = pair.Key.Operand switch
            {
                Instruction target => copies[target],
                Instruction[] targets => targets.Select(target => copies[target]).ToArray(),
                var other => other,
            };
        }

        var simplified = new MethodBody(body.Method);
        foreach (var variable in body.Variables)
        {
            simplified.Variables.Add(variable);
        }

        foreach (var instruction in body.Instructions)
        {
            simplified.Instructions.Add(copies[instruction]);
        }

        simplified.SimplifyMacros();
        return simplified;
    }
}
