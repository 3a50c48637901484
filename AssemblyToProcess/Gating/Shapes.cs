using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>
/// Awaits in all places where a body may have them. Each method opens what it closes ("+x", "-x"), and returns a number that
/// depends on all that it did.
/// </summary>
public class Shapes : Scene
{
    private int _step;

    [Sit]
    public async Task<int?> LoopWithTry()
    {
        var sum = 0;
        for (var i = 0; i < 4; i++)
        {
            Say("+loop");
            try
            {
                if (i == 2)
                {
                    continue;
                }

                sum += await Give(i);
                if (i == 3)
                {
                    break;
                }
            }
            finally
            {
                Say("-loop");
                await Step();
            }
        }

        return sum;
    }

    [Sit]
    public async Task<int?> TryAroundLoop()
    {
        var sum = 0;
        Say("+try");
        try
        {
            while (true)
            {
                sum += await Give(2);
                if (sum > 6)
                {
                    throw new InvalidOperationException();
                }
            }
        }
        catch (InvalidOperationException) when (sum == 8)
        {
            sum += await Give(100);
        }
        finally
        {
            Say("-try");
            await Step();
        }

        return sum;
    }

    [Sit]
    public async Task<int?> SwitchExpression()
    {
        var sum = 0;
        for (var i = 0; i < 4; i++)
        {
            sum += await Give(i) switch
            {
                0 => await Give(1),
                1 when await Give(1) == 1 => await Give(10),
                2 => await Give(await Give(100)),
                _ => 1000,
            };
        }

        return sum;
    }

    [Sit]
    public async Task<int?> Ternary()
    {
        var sum = 0;
        for (var i = 0; i < 2; i++)
        {
            sum += await (i == 0 ? Give(1) : Give(10));
            await (i == 0 ? Step() : Task.CompletedTask);
            sum += i == 0 ? await Give(100) : await Give(1000);
        }

        return sum;
    }

    [Sit]
    public async Task<int?> Expressions()
    {
        int[] numbers = [1, 2, 3, 4];
        numbers[await Give(1)] = await Give(20) + await Give(30) * await Give(2);
        numbers[await Give(2)] += await Give(5);
        var text = $"{await Give(1)}{await Give(2)}{numbers[await Give(1)]}";
        string? nothing = null;
        nothing ??= (await Give(4)).ToString();
        return text.Length + numbers.Sum() + nothing.Length + (await Give(0) > 0 || await Give(1) > 0 ? await Give(1) : 0);
    }

    [Sit]
    public async Task<int?> CatchAndFinally()
    {
        var sum = 0;
        Say("+a");
        try
        {
            Say("+b");
            try
            {
                sum += await Give(1);
                throw new ArgumentException("x");
            }
            catch (ArgumentException)
            {
                sum += await Give(2);
                throw;
            }
            finally
            {
                Say("-b");
                sum += await Give(4);
            }
        }
        catch (ArgumentException exception) when (exception.Message == "x")
        {
            sum += await Give(8);
        }
        finally
        {
            try
            {
                sum += await Give(16);
            }
            finally
            {
                Say("-a");
            }
        }

        return sum;
    }

    [Sit]
    public async ValueTask<int?> AwaitUsing()
    {
        await using var first = new Opened(this, "first");
        var sum = await Give(1);
        await using (new Opened(this, "second").ConfigureAwait(false))
        {
            sum += await Give(2);
            using var third = new Opened(this, "third");
            sum += await Give(3);
        }

        return sum;
    }

    [Sit]
    public async Task<int?> ManyLocals()
    {
        var a = await Give(1);
        long b = await Give(2);
        var c = (await Give(3)).ToString();
        decimal d = await Give(4);
        var e = new List<int> { await Give(5), await Give(6) };
        double f = await Give(7);
        var (g, h) = (await Give(8), await Give(9));
        byte i = (byte)await Give(10);
        await Step();
        var j = new { Value = await Give(11) };
        await Step();
        char k = (char)await Give(65);
        await Step();
        DateTime l = new(await Give(12));
        await Step();
        return a + (int)b + c.Length + (int)d + e.Sum() + (int)f + g + h + i + j.Value + k + (int)l.Ticks;
    }

    [Sit]
    public async Task<T?> Generic<T>(T value)
        where T : struct
    {
        Say("+generic");
        try
        {
            var list = new List<T> { value, await GiveOf(value) };
            foreach (var item in list)
            {
                await GiveOf(item);
            }

            return list[1];
        }
        finally
        {
            Say("-generic");
        }
    }

    [Sit]
    public async Task<int?> Goto()
    {
        var sum = 0;
    again:
        Say("+goto");
        try
        {
            sum += await Give(3);
            if (sum < 9)
            {
                goto again;
            }
        }
        finally
        {
            Say("-goto");
        }

        return sum;
    }

    [Sit]
    public async Task<int?> Lambdas()
    {
        var sum = 0;
        Func<int, Task> add = async n =>
        {
            Say("+lambda");
            try
            {
                var given = await Give(n);
                Interlocked.Add(ref sum, given);
            }
            finally
            {
                Say("-lambda");
            }
        };
        await add(1);
        await Task.WhenAll(add(2), add(3));
        foreach (var n in new[] { 4, 5 })
        {
            await add(n);
        }

        return sum;
    }

    [Sit]
    public async Task<int?> OwnStream()
    {
        var sum = 0;
        Say("+stream");
        try
        {
            await foreach (var n in Numbers())
            {
                sum += n;
                await Step();
            }

            await foreach (var n in Numbers().ConfigureAwait(false))
            {
                if (n == 2)
                {
                    break;
                }

                sum += await Give(n);
            }
        }
        finally
        {
            Say("-stream");
        }

        return sum;
    }

    [Sit]
    public async Task<int?> SatStream()
    {
        var sum = 0;
        Say("+stream");
        try
        {
            await foreach (var n in SatNumbers())
            {
                if (n == 3)
                {
                    break;
                }

                sum += n;
                await Step();
            }
        }
        finally
        {
            Say("-stream");
        }

        return sum;
    }

    [Sit]
    public async Task<int?> Struct() => await new Pair(this, 3).Sum(4);

    [Sit]
    public async Task<int?> Yielding()
    {
        var sum = 0;
        for (var i = 0; i < 5; i++)
        {
            await Task.Yield();
            sum += await Give(1);
            sum += await new StructAwaiter<int>(Step(), 2);
            sum += await new ClassAwaiter(Step());
            sum += await new NotifyOnly(Step());
        }

        return sum;
    }

    [Sit]
    public async Task<int?> DynamicAwait()
    {
        dynamic task = Give(5);
        int first = await task;
        return first + await Give(1);
    }

    [Sit]
    public async Task<int?> ExceptionsInLocals()
    {
        Exception? kept = null;
        try
        {
            await Give(1);
            throw new InvalidOperationException("kept");
        }
        catch (InvalidOperationException exception)
        {
            kept = exception;
        }

        await Step();
        return kept.Message.Length + await Give(1);
    }

    [Sit]
    public async Task<int?> Locked()
    {
        using var semaphore = new SemaphoreSlim(1);
        var sum = 0;
        for (var i = 0; i < 3; i++)
        {
            await semaphore.WaitAsync();
            Say("+lock");
            try
            {
                sum += await Give(i);
            }
            finally
            {
                Say("-lock");
                semaphore.Release();
            }
        }

        return sum;
    }

    private Task Step() => At($"step {_step++}");

    private async Task<int> Give(int number)
    {
        await Step();
        return number;
    }

    private async ValueTask<T> GiveOf<T>(T value)
    {
        await Step();
        return value;
    }

    private async IAsyncEnumerable<int> Numbers([EnumeratorCancellation] CancellationToken token = default)
    {
        for (var i = 0; i < 3; i++)
        {
            yield return i;
            await Task.Yield();
        }
    }

    [Sit]
    private async IAsyncEnumerable<int> SatNumbers()
    {
        Say("+numbers");
        try
        {
            for (var i = 1; i < 5; i++)
            {
                await Step();
                yield return await Give(i);
            }
        }
        finally
        {
            Say("-numbers");
            await Step();
        }
    }

    private struct Pair(Shapes scene, int first)
    {
        private int _sum = first;

        public async Task<int> Sum(int second)
        {
            _sum += await scene.Give(second);
            scene.Say("+struct");
            try
            {
                _sum += await scene.Give(1);
            }
            finally
            {
                scene.Say("-struct");
            }

            return _sum;
        }
    }

    private sealed class Opened : IAsyncDisposable, IDisposable
    {
        private readonly Shapes _scene;
        private readonly string _name;

        public Opened(Shapes scene, string name)
        {
            _scene = scene;
            _name = name;
            scene.Say("+" + name);
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await _scene.Step();
            }
            finally
            {
                _scene.Say("-" + _name);
            }
        }

        public void Dispose() => _scene.Say("-" + _name);
    }
}

/// <summary>A method under [Sit] of a struct.</summary>
public struct StructScene(Action<string> say, Func<string, Task> at)
{
    private int _number = 1;

    public readonly int Number => _number;

    [Sit]
    public async Task<int?> Work()
    {
        _number++;
        await at("work");
        _number++;
        say("number " + _number);
        return _number;
    }
}
