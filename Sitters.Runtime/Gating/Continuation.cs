using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

/// <summary>
/// What resumes a suspended method, in one reference: an <see cref="Action"/>; the state machine that the framework's builders resume by the
/// one delegate that all of them share; or a pair of both, for other builders.
/// </summary>
internal static class Continuation
{
    /// <summary>The delegate of the framework's builders, set once, by whoever suspends first. Another one only costs a pair.</summary>
    private static Action<object?>? _usual;

    public static object Of(Action<object?> resume, object? machine) =>
        machine is not (null or Action or Pair) && ReferenceEquals(_usual ?? SetUsual(resume), resume) ? machine : new Pair(resume, machine);

    /// <summary>Whether a continuation is the one of this delegate and machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(object? continuation, Action<object?> resume, object? machine) => continuation == machine
        ? machine is not null && ReferenceEquals(resume, _usual)
        : continuation is Pair pair && ReferenceEquals(pair.Resume, resume) && pair.Machine == machine;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(object continuation)
    {
        switch (continuation)
        {
            case Action action:
                action();
                break;
            case Pair pair:
                pair.Resume(pair.Machine);
                break;
            default:
                _usual!(continuation);
                break;
        }
    }

    private static Action<object?> SetUsual(Action<object?> resume) => Interlocked.CompareExchange(ref _usual, resume, null) ?? resume;

    private sealed class Pair(Action<object?> resume, object? machine)
    {
        public Action<object?> Resume => resume;

        public object? Machine => machine;
    }
}
