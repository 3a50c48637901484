namespace Storm;

/// <summary>A context of the caller's that refuses at times what is posted to it.</summary>
internal sealed class ShakyContext : SynchronizationContext
{
    /// <summary>Begins something on such a context. Whoever awaits it does so without.</summary>
    public static T Begin<T>(Func<T> begin)
    {
        var before = Current;
        SetSynchronizationContext(new ShakyContext());
        try
        {
            return begin();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        // What the framework itself posts here comes from a cleanup whose call is over: it runs in no call any more, and nobody catches it.
        if (d.Target?.GetType().Assembly != typeof(object).Assembly)
        {
            Onlookers.MayFail(10);
        }

        ThreadPool.QueueUserWorkItem(
            _ =>
            {
                SetSynchronizationContext(this);
                d(state);
            },
            null);
    }
}
