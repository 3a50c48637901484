extern alias unwoven;

using Measured;
using PlainAwaits = unwoven::Measured.Awaits;
using PlainCalls = unwoven::Measured.Calls;
using PlainHelpers = unwoven::Measured.Helpers;

namespace Tests.Allocations;

/// <summary>
/// What calls that suspend allocate beyond the methods themselves, until they hang at their first await, and over their whole life.
/// </summary>
[NonParallelizable]
public class SuspendedTests
{
    /// <summary>The call, its attempt, its await, the delegate that the awaiter calls, the caller's task, the ExecutionContext, and a field.</summary>
    private const int Bare = 568;

    /// <summary>The ExecutionContext.</summary>
    private const int Flow = 72;

    private const int Deadline = 80;

    /// <summary>Its frame and its await, and its call's tree of frames.</summary>
    private const int Helper = 288;

    [Test]
    public void a_call_in_flight_has_allocated_some_600_bytes() => Assert.That(
        InFlight<Awaits>(static on => on.Suspending(1), static on => on.Signal.Give())
            - InFlight<PlainAwaits>(static on => on.Suspending(1), static on => on.Signal.Give()),
        Is.LessThanOrEqualTo(Bare));

    [Test]
    public void a_call_in_flight_without_flow_has_allocated_less() => Assert.That(
        InFlight<Awaits>(static on => on.SuspendingUnflowed(1), static on => on.Signal.Give())
            - InFlight<PlainAwaits>(static on => on.SuspendingUnflowed(1), static on => on.Signal.Give()),
        Is.LessThanOrEqualTo(Bare - Flow));

    [Test]
    public void a_call_in_flight_with_retry_and_timeout_has_allocated_one_deadline_more() => Assert.That(
        InFlight<Calls>(static on => on.Suspending(2, 3), static on => on.Signal.Give())
            - InFlight<PlainCalls>(static on => on.Suspending(2, 3), static on => on.Signal.Give()),
        Is.LessThanOrEqualTo(Bare + Deadline));

    [Test]
    public void a_helper_in_flight_adds_less_than_300_bytes_to_its_call() => Assert.That(
        InFlight<Helpers>(static on => on.SuspendingInCall(2), static on => on.Signal.Give())
            - InFlight<PlainHelpers>(static on => on.SuspendingInCall(2), static on => on.Signal.Give()),
        Is.LessThanOrEqualTo(Bare + Helper));

    [Test]
    public void a_call_that_has_suspended_allocates_nothing_more_at_its_end() => Assert.That(
        Bytes.PerCall(static () => Run(new Awaits(), static on => on.Suspending(1), static on => on.Signal.Give()))
            - Bytes.PerCall(static () => Run(new PlainAwaits(), static on => on.Suspending(1), static on => on.Signal.Give())),
        Is.LessThanOrEqualTo(Bare));

    private static long InFlight<T>(Func<T, Task> begin, Action<T> complete)
        where T : new()
    {
        Task? call = null;
        return Bytes.InFlight(
            static () => new T(),
            subject => call = begin(subject),
            subject =>
            {
                complete(subject);
                Check(call!);
            });
    }

    private static void Run<T>(T subject, Func<T, Task> begin, Action<T> complete)
    {
        var call = begin(subject);
        complete(subject);
        Check(call);
    }

    private static void Check(Task call)
    {
        if (!call.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The call was expected to complete with its signal.");
        }
    }
}
