namespace Sitters.Runtime.Calls;

/// <summary>
/// The calls that have suspended, in several lists (stripes) linked through the calls themselves, so that threads seldom contend for one.
/// </summary>
internal sealed class CallRegistry
{
    /// <summary>A few per core on usual machines. More would only slow down a snapshot, which locks each in turn.</summary>
    private const int Stripes = 16;

    private readonly Stripe[] _stripes = Enumerable.Range(0, Stripes).Select(_ => new Stripe()).ToArray();

    public bool Any(Predicate<Call> predicate)
    {
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                for (var call = stripe.First; call is not null; call = call.Next)
                {
                    if (predicate(call))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    public void Add(Call call)
    {
        var stripe = _stripes[Environment.CurrentManagedThreadId % Stripes];
        lock (stripe)
        {
            call.Stripe = stripe;
            call.Next = stripe.First;
            if (stripe.First is { } first)
            {
                first.Previous = call;
            }

            stripe.First = call;
        }
    }

    public static void Remove(Call call)
    {
        if (call.Stripe is not Stripe stripe)
        {
            return;
        }

        lock (stripe)
        {
            call.Stripe = null;
            if (call.Previous is { } previous)
            {
                previous.Next = call.Next;
            }
            else
            {
                stripe.First = call.Next;
            }

            if (call.Next is { } next)
            {
                next.Previous = call.Previous;
            }

            call.Next = call.Previous = null;
        }
    }

    public List<Call> Snapshot()
    {
        var calls = new List<Call>();
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                for (var call = stripe.First; call is not null; call = call.Next)
                {
                    calls.Add(call);
                }
            }
        }

        return calls;
    }

    private sealed class Stripe
    {
        public Call? First;
    }
}
