namespace Sitters.Runtime.Calls;

/// <summary>The calls that have suspended: lists linked through the calls themselves, several of them so that threads seldom meet.</summary>
internal sealed class CallRegistry
{
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
