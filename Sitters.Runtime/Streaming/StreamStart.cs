using System.Diagnostics;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Streaming;

/// <summary>
/// The call of a sat method that returns a stream. An iterator's code runs when it is enumerated; the body of any other method runs
/// here, as it does unwoven.
/// </summary>
[StackTraceHidden]
internal static class StreamStart
{
    /// <returns>The stream; null if the body has returned null.</returns>
    public static IAsyncEnumerable<T>? Stream<TMethod, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<IAsyncEnumerable<T>>
    {
        plan = plan.InForce;
        if (plan.IsDisabled)
        {
            return UnsatCall.Make<TMethod, IAsyncEnumerable<T>>(ref method);
        }

        if (plan.IsAsync)
        {
            return new SatEnumerable<TMethod, T>(plan, method);
        }

        if (MadeStream<IAsyncEnumerable<T>>.Make(plan, ref method) is not { } made)
        {
            return null;
        }

        if (!BeginsNow(plan, made.Thrown))
        {
            return new SatEnumerable<TMethod, T>(plan, method, made);
        }

        var begun = new SatEnumerator<TMethod, IAsyncEnumerable<T>, EnumerableAdapter<T>, T>(plan, method, default, made);
        begun.BeginThrown();
        return new SatEnumerable<TMethod, T>(plan, method, made: null, begun);
    }

    /// <returns>The enumerator; null if the body has returned null.</returns>
    public static IAsyncEnumerator<T>? Enumerator<TMethod, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<IAsyncEnumerator<T>>
    {
        plan = plan.InForce;
        if (plan.IsDisabled)
        {
            return UnsatCall.Make<TMethod, IAsyncEnumerator<T>>(ref method);
        }

        MadeStream<IAsyncEnumerator<T>>? made = null;
        if (!plan.IsAsync)
        {
            made = MadeStream<IAsyncEnumerator<T>>.Make(plan, ref method);
            if (made is null)
            {
                return null;
            }
        }

        var enumerator = new SatEnumerator<TMethod, IAsyncEnumerator<T>, EnumeratorAdapter<T>, T>(plan, method, default, made);
        if (BeginsNow(plan, made?.Thrown))
        {
            enumerator.BeginThrown();
        }

        return enumerator;
    }

    /// <summary>
    /// What the body has thrown ends the call, which therefore begins now. Where it may be tried again, the attempts belong to the
    /// enumeration.
    /// </summary>
    private static bool BeginsNow(Plan plan, Exception? thrown) =>
        thrown is not null && !plan.HasRetryMember && !(plan.Retries && plan.Retry.Handles(thrown));
}
