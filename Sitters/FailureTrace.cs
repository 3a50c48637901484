using System.Diagnostics;

namespace Sitters;

/// <summary>
/// Tells of failures that only the trace is left for, and harms nobody by that: its listeners are code of the user's, and what they throw on a
/// thread of ours would end the process.
/// </summary>
internal static class FailureTrace
{
    /// <param name="what">What has failed: the beginning of a sentence.</param>
    /// <param name="failure">What it has thrown.</param>
    public static void Write(string what, Exception failure)
    {
        try
        {
            Trace.TraceError($"{what} failed: {Describe(failure)}");
        }
        catch (Exception)
        {
            // A listener of the user's: it is what failures are told to, so there is nobody left to tell of its own.
        }
    }

    /// <summary>An exception's text may be made by code of the user's too.</summary>
    private static string Describe(Exception failure)
    {
        try
        {
            return failure.ToString();
        }
        catch (Exception thrown)
        {
            return $"{failure.GetType()}, whose ToString has thrown {thrown.GetType()}";
        }
    }
}
