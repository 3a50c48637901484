using Sitters;

namespace AssemblyToProcess.Shapes;

public static class Types
{
    public static async Task<string> D01_async_struct_changes_a_copy()
    {
        var counter = new Counter();
        var task = counter.CountAsync();
        return $"{await task} {counter.Count}";
    }

    public static async Task<string> D02_struct_that_is_not_async_changes_itself()
    {
        var counter = new Counter();
        await counter.CountNow();
        await counter.CountNow();
        return $"{counter.Count}";
    }

    public static async Task<string> D03_readonly_record_struct() => $"{await new Point(1, 2).Sum()} {await new Point(1, 2).SumNow()}";

    public static async Task<string> D05_record()
    {
        var person = new Person("a");
        var same = person with { };
        return $"{await person.Greet(1)} {await person.Greet(1)} {person == same} {person}";
    }

    public static async Task<string> D06_primary_constructor_capture() => $"{await new Primary(3).Work()}";

    public static async Task<string> D07_private_nested() => $"{await new Nested().Work()}";

    public static async Task<string> D08_file_class() => $"{await new InFile().Work()}";

    public static async Task<string> D10_default_interface_method()
    {
        IDefault instance = new WithDefault();
        return $"{await instance.Work(3)} {await instance.Cached(4)}";
    }

    public static async Task<string> D11_static_virtual_interface_method() => $"{await Call<WithDefault>()} {await Call<WithOwn>()}";

    public static async Task<string> D12_extension_method() => $"{await 3.Twice()}";

    public static async Task<string> D13_extension_block() => $"{await 3.Thrice()} {await 3.Fourfold} {await int.Nothing()} {await int.One}";

    public static async Task<string> D14_partial_method() => $"{await new Partial().Work(3)}";

    public static async Task<string> D15_static_class_with_a_static_constructor() => $"{await WithStaticConstructor.Work()}";

    private static Task<string> Call<T>()
        where T : IStatic => T.Work();

    private struct Counter
    {
        public int Count { get; private set; }

        [Sit]
        public async Task<int> CountAsync()
        {
            Count++;
            await Task.Yield();
            return ++Count;
        }

        [Sit]
        public Task CountNow()
        {
            Count++;
            return Task.CompletedTask;
        }
    }

    private readonly record struct Point(int X, int Y)
    {
        [Sit(CacheSize = 3)]
        public async Task<int> Sum()
        {
            await Task.Yield();
            return X + Y;
        }

        [Sit]
        public ValueTask<int> SumNow() => new(X + Y);
    }

    private sealed record Person(string Name)
    {
        [Sit(CacheSize = 3)]
        public async Task<string> Greet(int times)
        {
            await Task.Yield();
            return $"{Name}{times}";
        }
    }

    private sealed class Primary(int number)
    {
        [Sit]
        public async Task<int> Work()
        {
            await Task.Yield();
            return number + 1;
        }
    }

    private sealed class Nested
    {
        private readonly int _private = 7;

        [Sit]
        public async Task<int> Work()
        {
            await Task.Yield();
            return _private;
        }
    }

    private interface IDefault
    {
        [Sit]
        async Task<string> Work(int number)
        {
            await Task.Yield();
            return $"default {number} {Name}";
        }

        [Sit(CacheSize = 3)]
        Task<string> Cached(int number) => Task.FromResult($"{number}");

        string Name { get; }
    }

    private interface IStatic
    {
        [Sit]
        static virtual async Task<string> Work()
        {
            await Task.Yield();
            return "interface";
        }
    }

    private sealed class WithDefault : IDefault, IStatic
    {
        public string Name => "name";
    }

    private sealed class WithOwn : IStatic
    {
        [Sit]
        public static async Task<string> Work()
        {
            await Task.Yield();
            return "own";
        }
    }
}

file sealed class InFile
{
    [Sit]
    public async Task<int> Work()
    {
        await Task.Yield();
        return 8;
    }
}

internal sealed partial class Partial
{
    [Sit]
    public partial Task<int> Work(int number);
}

internal sealed partial class Partial
{
    public partial async Task<int> Work(int number)
    {
        await Task.Yield();
        return number * 4;
    }
}

internal static class Extensions
{
    [Sit]
    public static async Task<int> Twice(this int number)
    {
        await Task.Yield();
        return number * 2;
    }

    extension(int number)
    {
        [Sit]
        public async Task<int> Thrice()
        {
            await Task.Yield();
            return number * 3;
        }

        [Sit]
        public Task<int> Fourfold => Task.FromResult(number * 4);

        [Sit]
        public static Task<int> One => Task.FromResult(1);

        [Sit]
        public static async Task<int> Nothing()
        {
            await Task.Yield();
            return 0;
        }
    }
}

internal static class WithStaticConstructor
{
    private static readonly int _number;

#pragma warning disable CA1810 // The static constructor is the point.
    static WithStaticConstructor() => _number = 15;
#pragma warning restore CA1810

    [Sit]
    public static async Task<int> Work()
    {
        await Task.Yield();
        return _number;
    }
}
