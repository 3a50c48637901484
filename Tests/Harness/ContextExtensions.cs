namespace Tests.Harness;

internal static class ContextExtensions
{
    /// <summary>Makes a call as code on a context does; on none, if it is null.</summary>
    public static T Start<T>(this SynchronizationContext? context, Func<T> call)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            return call();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
