using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Streaming;

/// <summary>
/// What the body of a method that is not async has made of a call, which is over before any enumeration begins: the stream for the first
/// attempt at enumerating it.
/// </summary>
/// <param name="scope">The scope that the attempt then runs in, of which the body was given the token.</param>
/// <param name="stream">The stream; null if the body threw.</param>
/// <param name="thrown">What the body threw; null if it returned.</param>
/// <typeparam name="TStream">What the method returns.</typeparam>
[StackTraceHidden]
internal sealed class MadeStream<TStream>(Scope scope, TStream? stream, Exception? thrown)
    where TStream : class
{
    public Scope Scope => scope;

    /// <summary>Runs the body as the unwoven method would: in the caller's code, of no call of its own yet.</summary>
    /// <returns>What it made; null if it returned null.</returns>
    public static MadeStream<TStream>? Make<TMethod>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TStream>
    {
        var scope = new Scope(plan);
        for (var i = 0; i < plan.TokenCount; i++)
        {
            if (method.Token(i).IsCancellationRequested)
            {
                scope.CancelToken();
            }
        }

        try
        {
            return method.Invoke(scope) is { } stream ? new MadeStream<TStream>(scope, stream, null) : null;
        }
        catch (Exception exception)
        {
            return new MadeStream<TStream>(scope, null, exception);
        }
    }

    /// <summary>What the body threw; null if it returned.</summary>
    public Exception? Thrown => thrown;

    /// <summary>The same for one more enumeration; null where that runs the body again: its token is that of one call.</summary>
    public MadeStream<TStream>? Again() =>
        thrown is null && scope.Plan.TokenCount == 0 ? new MadeStream<TStream>(new Scope(scope.Plan), stream, null) : null;

    /// <exception cref="Exception">The body threw it.</exception>
    public TStream Take()
    {
        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }

        return stream!;
    }
}
