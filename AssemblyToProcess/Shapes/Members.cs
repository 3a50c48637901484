using Sitters;

namespace AssemblyToProcess.Shapes;

public static class Members
{
    public static async Task<string> E01_explicit_implementations()
    {
        IWork work = new Explicit();
        IWork<int> generic = new Explicit();
        return $"{await work.Work()} {await generic.Work(3)}";
    }

    public static async Task<string> E02_virtual_and_override_with_a_base_call()
    {
        Base instance = new Derived();
        return $"{await instance.Work(1)} {await new Base().Work(2)}";
    }

    public static async Task<string> E03_hiding()
    {
        Base instance = new Hiding();
        return $"{await instance.Work(1)} {await ((Hiding)instance).Work(1)}";
    }

    public static async Task<string> E04_property_and_indexer() =>
        $"{await new Properties().Value} {await new Properties().OnAccessor} {await new Properties()[3]}";

    public static async Task<string> E05_operator() => $"{await (new Amount(1) + new Amount(2))}";

    public static async Task<string> E06_lambdas()
    {
        var captured = 5;
        var plain = [Sit] async (int number) => { await Task.Yield(); return number + 1; };
        var capturing = [Sit(CacheSize = 2)] async (int number) => { await Task.Yield(); return number + captured; };
        var notAsync = [Sit] (int number) => Task.FromResult(number + captured);
        return $"{await plain(1)} {await capturing(1)} {await notAsync(2)}";
    }

    public static async Task<string> E07_local_functions()
    {
        var captured = 5;
        return $"{await Capturing(1)} {await Static(2)} {await Generic("g")}";

        [Sit]
        async Task<int> Capturing(int number)
        {
            await Task.Yield();
            return number + captured;
        }

        [Sit]
        static async Task<int> Static(int number)
        {
            await Task.Yield();
            return number;
        }

        [Sit]
        static async Task<T> Generic<T>(T value)
        {
            await Task.Yield();
            return value;
        }
    }

    public static async Task<string> E08_odd_names() => $"{await @class(1)} {await Größe(2)}";

    public static async Task<string> E09_delegates_and_reflection()
    {
        Func<int, Task<int>> call = @class;
        var method = typeof(Members).GetMethod(nameof(Größe))!;
        var result = await (Task<int>)method.Invoke(null, [4])!;
        var members = typeof(Members).GetMembers().Select(member => member.Name).Order(StringComparer.Ordinal);
        return $"{await call(3)} {result} {method.GetParameters()[0].Name} {string.Join(",", members)}";
    }

    [Sit]
    public static async Task<int> @class(int @int)
    {
        await Task.Yield();
        return @int;
    }

    [Sit]
    public static async Task<int> Größe(int länge)
    {
        await Task.Yield();
        return länge;
    }

    private interface IWork
    {
        Task<string> Work();
    }

    private interface IWork<T>
    {
        Task<string> Work(T value);
    }

    private sealed class Explicit : IWork, IWork<int>
    {
        [Sit]
        async Task<string> IWork.Work()
        {
            await Task.Yield();
            return "explicit";
        }

        [Sit]
        async Task<string> IWork<int>.Work(int value)
        {
            await Task.Yield();
            return $"generic {value}";
        }
    }

    private class Base
    {
        [Sit]
        public virtual async Task<string> Work(int number)
        {
            await Task.Yield();
            return $"base {number}";
        }
    }

    private sealed class Derived : Base
    {
        [Sit]
        public override async Task<string> Work(int number) => $"derived {await base.Work(number)}";
    }

    private sealed class Hiding : Base
    {
        [Sit]
        public new async Task<string> Work(int number)
        {
            await Task.Yield();
            return $"hiding {number}";
        }
    }

    private sealed class Properties
    {
        [Sit]
        public Task<int> Value => Task.FromResult(4);

        public Task<int> OnAccessor
        {
            [Sit]
            get => Task.FromResult(5);
        }

        [Sit]
        public Task<int> this[int index] => Task.FromResult(index);
    }

    private readonly record struct Amount(int Value)
    {
        [Sit]
        public static Task<int> operator +(Amount left, Amount right) => Task.FromResult(left.Value + right.Value);
    }
}
