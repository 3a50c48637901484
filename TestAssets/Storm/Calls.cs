using Sitters;

namespace Storm;

/// <summary>Makes calls, waits until they have ended, and judges what came of them.</summary>
internal static class Calls
{
    private static Weather _weather = new();

    /// <summary>Makes one call, by chance.</summary>
    /// <param name="depth">How deep calls may be nested in it.</param>
    public static async Task Make(int depth)
    {
        using var stay = Books.Enter("caller Make");
        var weather = _weather;
        switch (Dice.Roll(20))
        {
            case 0:
                // The caches of the one before go with it.
                _weather = new Weather();
                await Ask(nameof(Weather.Quick), weather.Quick);
                break;
            case 1:
                await Ask(nameof(Weather.Suspended), ticket => weather.Suspended(ticket).AsTask());
                break;
            case 2:
                await Ask(nameof(Weather.Unflowed), weather.Unflowed);
                break;
            case 3 or 4:
                await Ask(nameof(Weather.Retried), weather.Retried);
                break;
            case 5:
                await Ask(nameof(Weather.Timed), weather.Timed);
                break;
            case 6:
                await Ask(nameof(Weather.DeafToTime), weather.DeafToTime);
                break;
            case 7:
                await Ask(nameof(Weather.Late), weather.Late);
                break;
            case 8:
                await Ask(nameof(Weather.Swallowing), weather.Swallowing);
                break;
            case 9:
                await Give(weather);
                break;
            case 10 or 11 when depth > 0:
                await Ask(nameof(Weather.Nested), ticket => weather.Nested(ticket, depth));
                break;
            case 12:
                await Ask(nameof(Weather.Fanning), weather.Fanning);
                break;
            case 13:
                await Ask(nameof(Weather.NotAsync), weather.NotAsync);
                break;
            case 14:
                await Ask(nameof(Weather.Permitted), weather.Permitted);
                break;
            case 15:
                Store.Put();
                Store.Put();
                await Ask(nameof(Weather.Taking), weather.Taking);
                break;
            case 16:
                await Read(weather, default);
                break;
            case 17:
                await Ask(nameof(Weather.Reading), weather.Reading);
                break;
            default:
                await Cached(weather);
                break;
        }
    }

    /// <summary>Reads a stream, to its end or not, and looks at each element.</summary>
    public static async Task Read(Weather weather, CancellationToken token)
    {
        using var stay = Books.Enter("caller Streamed");
        var ticket = new Ticket();
        var count = Dice.Roll(6);
        var stop = Dice.Roll(10);
        var next = 0;
        Answer? first = null;
        try
        {
            var stream = weather.Streamed(ticket, count, token);

            // Code that is not woven goes on where it was, and nobody stands between it and a context that refuses.
            var isFiltered = SynchronizationContext.Current is null && Dice.Once(4);
            await foreach (var (answer, number) in isFiltered ? stream.Where(static _ => true) : stream)
            {
                first ??= answer;
                Books.Expect(number == next++, $"element {number} of a stream comes as number {next - 1}");
                Books.Expect(answer == first && ticket.Last == answer.Number, $"element {number} comes from another body");
                if (next > stop)
                {
                    return;
                }

                await Waits.Some(token);
            }

            Books.Expect(next == count, $"a stream of {count} has ended after {next} elements");
            Books.Count("outcome Streamed all");
        }
        catch (Exception exception) when (exception is SquallException or TimeoutException or HookException || IsOfItself(exception))
        {
            Books.Count($"outcome Streamed {exception.GetType().Name}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Books.Surprise($"Streamed: {exception}");
        }
    }

    private static async Task Ask(string method, Func<Ticket, Task<Answer?>> call, CancellationToken own = default)
    {
        using var stay = Books.Enter($"caller {method}");
        var ticket = new Ticket();
        var outcome = "interrupted";
        try
        {
            var answer = await (Dice.Once(8) ? ShakyContext.Begin(() => call(ticket)) : call(ticket)).ConfigureAwait(false);
            outcome = answer is null ? "default" : "answer";
            if (answer is not null)
            {
                Books.Expect(!answer.HasSwallowed, $"{method}: what a body returned after its interrupt is the result");
                Books.Expect(answer.Ticket == ticket, $"{method}: the answer is another's");
                Books.Expect(answer.Number == ticket.Last, $"{method}: the answer of body {answer.Number} of {ticket.Last}");
            }

            Judge(method, ticket, answer is null ? [SitState.TimedOut, SitState.Cancelled] : [SitState.Completed]);
        }
        catch (Exception exception) when (exception is SquallException or HookException)
        {
            outcome = exception.GetType().Name;
            Judge(method, ticket, [SitState.Failed]);
        }
        catch (TimeoutException)
        {
            outcome = nameof(TimeoutException);
            Judge(method, ticket, [SitState.TimedOut]);
        }
        catch (OperationCanceledException exception) when (IsOfItself(exception))
        {
            outcome = exception.CancellationToken == own ? "own token" : nameof(OperationCanceledException);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            outcome = "surprise";
            Books.Surprise($"{method}: {exception}");
        }
        finally
        {
            Books.Count($"outcome {method} {outcome}");
        }
    }

    private static async Task Give(Weather weather)
    {
        using var source = new CancellationTokenSource();
        if (Dice.Once(2))
        {
            source.CancelAfter(Dice.Roll(30));
        }

        await Ask(nameof(Weather.Given), ticket => weather.Given(ticket, source.Token), source.Token);
    }

    private static async Task Cached(Weather weather)
    {
        using var stay = Books.Enter("caller Cached");
        var key = Dice.Roll(12);
        var kind = Dice.Roll(3);
        try
        {
            var cast = await (kind switch
            {
                0 => weather.Cached(key),
                1 => Weather.Shared(new Key(key)),
                _ => weather.Remembered(key),
            });
            if (cast is not null)
            {
                Books.Expect(cast.Key == key, $"key {key} has the result of {cast.Key}");
                Books.Expect(cast.Owner == (kind == 1 ? null : weather), "a result of another object");
                Books.Expect(cast.IsDone, "a result of a body that was interrupted");
            }
        }
        catch (Exception exception) when (exception is SquallException or HookException || (exception is KeyException && kind == 1) || IsOfItself(exception))
        {
            Books.Count($"outcome cache {exception.GetType().Name}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Books.Surprise($"cache {kind}: {exception}");
        }
    }

    /// <summary>A cancellation of the call itself. Inside another call it may be that one's interrupt, which goes on outwards.</summary>
    private static bool IsOfItself(Exception exception) => exception is OperationCanceledException && !SitContext.TryGetCurrent(out _);

    private static void Judge(string method, Ticket ticket, SitState[] states)
    {
        if (ticket.Call is { } call)
        {
            Books.Expect(states.Contains(call.State), $"{method}: {call} where {string.Join(" or ", states)} was expected");
        }
    }
}
