namespace Sitters.Fody.Checking;

/// <summary>Methods that can't be sat as they are.</summary>
internal static class ShapeChecks
{
    public static IEnumerable<Diagnostic> Of(SatMethod sat)
    {
        if (sat.Returned == Returned.Void && sat.IsAsync)
        {
            yield return Problem(Rules.AsyncVoid, sat, "is async void: nobody could wait for it or get its exception. Return Task instead");
        }
        else if (sat.Returned is Returned.Void or Returned.Other)
        {
            yield return Problem(
                Rules.UnsupportedReturnType,
                sat,
                $"returns {Names.Of(sat.Method.ReturnType)}, which can't be sat. "
                    + "Return Task, Task<T>, ValueTask, ValueTask<T> or an async stream");
        }

        foreach (var problem in Parameters.NotRestartable(sat.Method))
        {
            yield return Problem(
                Rules.NotRestartable,
                sat,
                $"can't keep its parameters for a restart: {problem}. Pass a value that can be kept, or remove [Sit]");
        }

        if (!Members.HasCode(sat.Method))
        {
            yield return Problem(
                Rules.NoBody,
                sat,
                $"has no body to sit: it is {WhyEmpty(sat.Method)}. Put [Sit] on the methods that implement it");
        }
    }

    private static Diagnostic Problem(Rule rule, SatMethod sat, string text) => rule.Broken($"{sat.Name} {text}", sat.Location);

    private static string WhyEmpty(MethodDefinition method) => method.IsAbstract ? "abstract" : "extern";
}
