using System.ComponentModel;
using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings.Shims;

/// <summary>
/// What rewritten code calls in the place of an operation that synchronises threads, or before it. On a thread of a schedule the scheduler
/// carries it out; on any other it is simply done.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Shim
{
    /// <summary>A field is about to be read or written.</summary>
    public static void Point(object? owner, int place, bool writes)
    {
        if (Scheduler.Current is not null)
        {
            Scheduler.Mine!.AtPoint(owner, place, writes);
        }
        else
        {
            CheckControlled();
        }
    }

    /// <summary>The same, of a field that is static, or whose object is not known.</summary>
    public static void PointAt(int place, bool writes) => Point(null, place, writes);

    /// <summary>Something is touched whose own code is not rewritten: nobody gets a turn before, but the order of such touches counts.</summary>
    public static void Order(int place, bool writes)
    {
        if (Scheduler.Current is not null)
        {
            Scheduler.Mine!.Do(null, place, writes);
        }
    }

    /// <summary>The same of an object of the subject's.</summary>
    public static void Note(object owner)
    {
        if (Scheduler.Current is { } running)
        {
            if (running.Locks > 0)
            {
                Scheduler.Mine!.Fail($"code of the user's runs under a lock\n{Environment.StackTrace}");
            }

            Scheduler.Mine!.Do(owner, Registry.OfSubject, writes: true);
        }
    }

    /// <summary>A static constructor begins, in which the thread is not preempted: others would wait for it.</summary>
    public static void BeginStatic()
    {
        if (Scheduler.Current is { } running)
        {
            running.Undivided++;
        }
    }

    public static void EndStatic()
    {
        if (Scheduler.Current is { Undivided: > 0 } running)
        {
            running.Undivided--;
        }
    }

    /// <summary>An assertion of the code.</summary>
    public static void Assert(bool condition, string? message)
    {
        if (condition)
        {
            return;
        }

        if (Scheduler.Running is { } running)
        {
            running.Fail($"assertion: {message}\n{Environment.StackTrace}");
        }

        throw new InvalidOperationException($"Assertion: {message}");
    }

    /// <summary>An operation that may wait, and that no schedule comes to.</summary>
    public static void NotModelled(string operation)
    {
        if (Scheduler.Current is not null)
        {
            Scheduler.Mine!.Fail($"{operation} is not modelled\n{Environment.StackTrace}");
        }
    }

    public static long TickCount64() => Scheduler.Current is null ? Environment.TickCount64 : 1_000_000;

    public static int CurrentManagedThreadId() => Scheduler.Current?.Worker!.Number ?? Environment.CurrentManagedThreadId;

    private static void CheckControlled()
    {
        if (Scheduler.Running is { } running && Thread.CurrentThread.IsThreadPoolThread)
        {
            running.Fail($"the thread pool runs code that the scheduler does not know of\n{Environment.StackTrace}");
        }
    }
}
