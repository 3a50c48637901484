namespace Sitters.Runtime.Gating;

/// <summary>An exception with all that it wraps.</summary>
internal static class ExceptionChain
{
    /// <summary>Whether it has a cancellation in it, as every interrupt is one.</summary>
    public static bool IsCancelled(Exception? exception) => Has(exception, static inner => inner is OperationCanceledException);

    /// <summary>Whether one of them has a property.</summary>
    public static bool Has(Exception? exception, Func<Exception, bool> isIt)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (isIt(exception) || (exception is AggregateException many && many.InnerExceptions.Any(inner => Has(inner, isIt))))
            {
                return true;
            }
        }

        return false;
    }
}
