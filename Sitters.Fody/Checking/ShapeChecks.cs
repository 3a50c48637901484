namespace Sitters.Fody.Checking;

/// <summary>SIT001, SIT002, SIT009, SIT011: methods that can't be sat as they are.</summary>
internal static class ShapeChecks
{
    public static IEnumerable<Diagnostic> Of(SatMethod sat)
    {
        if (sat.Returned == Returned.Void && sat.IsAsync)
        {
            yield return Error(sat, "SIT002", "is async void: nobody could wait for it or get its exception. Return Task instead");
        }
        else if (sat.Returned is Returned.Void or Returned.Other)
        {
            yield return Error(sat, "SIT001", $"returns {Names.Of(sat.Method.ReturnType)}, which can't be sat. Return Task, Task<T>, ValueTask, ValueTask<T> or an async stream");
        }

        foreach (var problem in Parameters.NotRestartable(sat.Method))
        {
            yield return Error(sat, "SIT009", $"can't keep its parameters for a restart: {problem}. Pass a value that can be kept, or take [Sit] off");
        }

        if (!sat.Method.HasBody)
        {
            yield return Error(sat, "SIT011", $"has no body to sit: it is {WhyEmpty(sat.Method)}. Put [Sit] on the methods that implement it");
        }
    }

    private static Diagnostic Error(SatMethod sat, string code, string text) => Diagnostic.Error(code, $"{sat.Name} {text}", sat.Location);

    private static string WhyEmpty(MethodDefinition method) => method.IsAbstract ? "abstract" : "extern";
}
