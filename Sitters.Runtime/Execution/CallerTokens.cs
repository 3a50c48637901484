using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Execution;

/// <summary>Watches the tokens that the caller passed in.</summary>
internal readonly struct CallerTokens : IDisposable
{
    private readonly CancellationTokenRegistration[]? _registrations;

    private CallerTokens(CancellationTokenRegistration[] registrations) => _registrations = registrations;

    /// <param name="call">The call.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="cancelled">The first one that is cancelled already, which is not listened to.</param>
    public static CallerTokens Register(Call call, ICallerTokens tokens, out CancellationToken cancelled)
    {
        cancelled = default;
        var count = tokens.CallerTokenCount;
        if (count == 0)
        {
            return default;
        }

        var registrations = new CancellationTokenRegistration[count];
        for (var i = 0; i < count; i++)
        {
            var token = tokens.CallerToken(i);
            if (token.IsCancellationRequested)
            {
                cancelled = cancelled.IsCancellationRequested || call.IsOuterToken(token) ? cancelled : token;
            }
            else if (!call.IsOuterToken(token))
            {
                registrations[i] = token.UnsafeRegister(static (state, fired) => ((Call)state!).OnCallerCancel(fired), call);
            }
        }

        return new CallerTokens(registrations);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations ?? [])
        {
            // Not Dispose, which would wait for a running callback: one that comes too late does no harm.
            registration.Unregister();
        }
    }
}
