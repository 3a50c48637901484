namespace Sitters.Runtime.Calls;

/// <summary>
/// The calls that have suspended, in several lists (stripes) linked through the calls themselves, so that threads seldom contend for one.
/// </summary>
internal static class CallRegistry
{
    /// <summary>A few per core on usual machines. More would only slow down a snapshot, which locks each in turn.</summary>
    private const int Stripes = 16;

    private static readonly Stripe[] _stripes = MakeStripes();

    public static bool Any(Predicate<Call> predicate)
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

    public static void Add(Call call)
    {
        var number = Environment.CurrentManagedThreadId % Stripes;
        var stripe = _stripes[number];
        lock (stripe)
        {
            call.Stripe = (byte)(number + 1);
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
        if (call.Stripe == 0)
        {
            return;
        }

        var stripe = _stripes[call.Stripe - 1];
        lock (stripe)
        {
            call.Stripe = 0;
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

    public static List<Call> Snapshot()
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

    private static Stripe[] MakeStripes()
    {
        var stripes = new Stripe[Stripes];
        for (var i = 0; i < stripes.Length; i++)
        {
            stripes[i] = new Stripe();
        }

        return stripes;
    }

    private sealed class Stripe
    {
        public Call? First;
    }
}
