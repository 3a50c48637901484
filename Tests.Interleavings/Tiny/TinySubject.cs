using Tests.Interleavings.Exploring;

namespace Tests.Interleavings.Tiny;

/// <summary>Subjects of a few lines, of which it is known what their schedules come to.</summary>
internal static class TinySubject
{
    /// <param name="verdict">What is wrong at the end, if anything is.</param>
    /// <param name="threads">What runs.</param>
    public static (Action[] Threads, Action[] Closing, Func<string?> Verdict) Of(Func<string?> verdict, params Action[] threads) =>
        (threads, [], verdict);

    public static Explorer Explorer(Func<(Action[] Threads, Action[] Closing, Func<string?> Verdict)> create) => new(create, new Scenario(0));

    /// <summary>A few threads that read, write and lock at random.</summary>
    public static (Action[] Threads, Action[] Closing, Func<string?> Verdict) Random(int seed, bool withLocks)
    {
        var random = new Random(seed);
        var cells = new[] { new Cell(), new Cell() };
        var guard = new Guard();

        Action Operation(bool mayLock)
        {
            var cell = cells[random.Next(cells.Length)];
            switch (random.Next(mayLock ? 4 : 2))
            {
                case 0:
                    return () => _ = cell.Value;
                case 1:
                    return () => cell.Value = 1;
                default:
                    var inside = Operations(random.Next(1, 3), mayLock: false);
                    return () => guard.Do(() => Array.ForEach(inside, static operation => operation()));
            }
        }

        Action[] Operations(int count, bool mayLock) => [.. Enumerable.Range(0, count).Select(_ => Operation(mayLock))];

        Action Thread()
        {
            var operations = Operations(random.Next(1, 4), withLocks);
            return () => Array.ForEach(operations, static operation => operation());
        }

        return Of(static () => null, Thread(), Thread(), Thread());
    }
}
