using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Execution;

/// <summary>Watches the tokens that the caller passed in.</summary>
internal readonly struct CallerTokens : IDisposable
{
    private readonly CancellationTokenRegistration[]? _registrations;

    private CallerTokens(CancellationTokenRegistration[] registrations) => _registrations = registrations;

    public static CallerTokens Register(Call call, ICallerTokens tokens)
    {
        var count = tokens.CallerTokenCount;
        if (count == 0)
        {
            return default;
        }

        var registrations = new CancellationTokenRegistration[count];
        for (var i = 0; i < count; i++)
        {
            var token = tokens.CallerToken(i);
            if (!call.IsOuterToken(token))
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
