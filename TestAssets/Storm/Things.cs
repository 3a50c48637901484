using System.Runtime.CompilerServices;
using Sitters;

namespace Storm;

// What brings something that must not be lost: permits, items, elements.
internal sealed partial class Weather
{
    private static readonly SemaphoreSlim _permits = new(Permits);

    public const int Permits = 8;

    /// <summary>So long that what can be ended is never left behind, whatever the clock does: what it brings is not lost.</summary>
    private const double Patient = 1e6;

    public static int FreePermits => _permits.CurrentCount;

    [Sit(TimeoutSeconds = 0.03, SettleSeconds = Patient)]
    public async Task<Answer?> Permitted(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Permitted));
        using var stay = Books.Enter("body Permitted");
        await _permits.WaitAsync();
        try
        {
            await Task.Delay(Dice.Roll(4));
        }
        finally
        {
            _permits.Release();
        }

        return answer;
    }

    [Sit(TimeoutSeconds = 0.03, SettleSeconds = Patient)]
    public async Task<Answer?> Taking(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Taking));
        using var stay = Books.Enter("body Taking");
        for (var i = 0; i < 3; i++)
        {
            Store.Receive(await Store.Take());
        }

        return answer;
    }

    [Sit(MaxAttempts = 3, RetryOn = [typeof(SquallException)], AttemptTimeoutSeconds = 0.1, TimeoutSeconds = 1)]
    public async IAsyncEnumerable<(Answer Answer, int Number)> Streamed(
        Ticket ticket, int count, [EnumeratorCancellation] CancellationToken token = default)
    {
        var answer = ticket.Begin(nameof(Streamed));
        using var stay = Books.Enter("body Streamed");
        for (var i = 0; i < count; i++)
        {
            await Waits.Some(token);
            if (Dice.Once(20))
            {
                throw new SquallException();
            }

            yield return (answer, i);
        }
    }

    /// <summary>Reads a stream inside a call.</summary>
    [Sit(TimeoutSeconds = 0.5)]
    public async Task<Answer?> Reading(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Reading));
        using var stay = Books.Enter("body Reading");
        await Calls.Read(this, default);
        return answer;
    }
}
