namespace Sitters.Rules.Checking;

/// <summary>Methods that can't be sat as they are.</summary>
internal static class ShapeChecks
{
    public static IEnumerable<Finding> Of(Sat sat)
    {
        if (sat.Returned == Returned.Void && sat.IsAsync)
        {
            yield return Problem(KnownRules.AsyncVoid, sat, "is async void: nobody could wait for it or get its exception. Return Task instead");
        }
        else if (sat.Returned is Returned.Void or Returned.Other)
        {
            yield return Problem(
                KnownRules.UnsupportedReturnType,
                sat,
                $"returns {sat.ReturnTypeName}, which can't be sat. "
                    + "Return Task, Task<T>, ValueTask, ValueTask<T> or an async stream");
        }

        foreach (var problem in sat.NotRestartable)
        {
            yield return Problem(
                KnownRules.NotRestartable,
                sat,
                $"can't keep its parameters for a restart: {problem}. Pass a value that can be kept, or remove [Sit]");
        }

        if (sat.WhyEmpty is { } why)
        {
            yield return Problem(
                KnownRules.NoBody,
                sat,
                $"has no body to sit: it is {why}. Put [Sit] on the methods that implement it");
        }
    }

    private static Finding Problem(Rule rule, Sat sat, string text) => rule.Broken($"{sat.Name} {text}", sat.Location);
}
