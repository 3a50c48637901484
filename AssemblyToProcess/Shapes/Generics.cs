using Sitters;

namespace AssemblyToProcess.Shapes;

public static class Generics
{
    public static async Task<string> C01_generic_method() => $"{await Same(1)} {await Same("a")}";

    public static async Task<string> C02_constraints() =>
        $"{(await Make<List<int>>()).Count} {await Struct(3)} {await Unmanaged(4L)} {await Plain("x")}";

    public static async Task<string> C03_generic_class() => $"{await new Box<int>(3).Get(4)} {await Box<string>.Static("s")}";

    public static async Task<string> C04_nested_generics() =>
        $"{await new Outer<int>.Inner<string>().Work(1, "b", 2.5, new() { [1] = [3.5] })}";

    public static async Task<string> C05_generic_struct() => $"{await new Pair<int, string>(1, "b").Both()}";

    public static async Task<string> C06_overloads() =>
        $"{await Over()} {await Over<int>()} {await Over<int, string>(1)} {await Over(1, "a", "b")}";

    public static async Task<string> C08_generic_without_async() => $"{await NotAsync(3)} {await NotAsync("c")}";

    public static async Task<string> C09_a_method_parameter_that_shadows_the_types() => $"{await new Shadow<int>().Work("text", 1)}";

    public static async Task<string> C10_generic_override_through_an_interface()
    {
        IGeneric generic = new Derived<int>();
        return $"{await generic.Work("x")}";
    }

    public static async Task<string> C11_deep_result_with_a_default_parameter() => $"{(await Deep<int>("key"))["key"][0].Length}";

    public static async Task<string> C12_recursive_constraint_without_async() => $"{await Larger(3, 4)} {await Larger("b", "a")}";

    [Sit]
    private static async Task<T> Same<T>(T value)
    {
        await Task.Yield();
        return value;
    }

    [Sit]
    private static async Task<T> Make<T>()
        where T : class, new()
    {
        await Task.Yield();
        return new T();
    }

    [Sit]
    private static async Task<T> Struct<T>(T value)
        where T : struct
    {
        await Task.Yield();
        return value;
    }

    [Sit]
    private static async Task<int> Unmanaged<T>(T value)
        where T : unmanaged
    {
        await Task.Yield();
        unsafe
        {
            return sizeof(T);
        }
    }

    [Sit]
    private static async Task<T> Plain<T>(T value)
        where T : notnull, IEquatable<T>
    {
        await Task.Yield();
        return value.Equals(value) ? value : throw new InvalidOperationException();
    }

    [Sit]
    private static async Task<string> Over()
    {
        await Task.Yield();
        return "none";
    }

    [Sit]
    private static async Task<string> Over<T>()
    {
        await Task.Yield();
        return typeof(T).Name;
    }

    [Sit]
    private static async Task<string> Over<T1, T2>(T1 value)
    {
        await Task.Yield();
        return $"{typeof(T1).Name}{typeof(T2).Name}{value}";
    }

    [Sit]
    private static async Task<string> Over(int number, params string[] texts)
    {
        await Task.Yield();
        return $"{number}{texts.Length}";
    }

    [Sit]
    private static Task<T> NotAsync<T>(T value) => Task.FromResult(value);

    [Sit]
    private static async Task<Dictionary<string, List<T[]>>> Deep<T>(string key, int length = 3)
    {
        await Task.Yield();
        return new() { [key] = [new T[length]] };
    }

    [Sit]
    private static Task<T> Larger<T>(T left, T right)
        where T : IComparable<T> => Task.FromResult(left.CompareTo(right) > 0 ? left : right);

    private sealed class Box<T>(T value)
    {
        [Sit(CacheSize = 3)]
        public async Task<string> Get<TOther>(TOther other)
        {
            await Task.Yield();
            return $"{value}{other}{typeof(T).Name}{typeof(TOther).Name}";
        }

        [Sit(StartupHooks = [nameof(OnStartup)])]
        public static async Task<T> Static(T item)
        {
            await Task.Yield();
            return item;
        }

        private static void OnStartup()
        {
        }
    }

    private sealed class Outer<TA>
        where TA : notnull
    {
        public sealed class Inner<TB>
        {
            [Sit]
            public async Task<string> Work<TC>(TA a, TB b, TC c, Dictionary<TA, List<TC>> d)
            {
                await Task.Yield();
                return $"{a}{b}{c}{d[a][0]}";
            }
        }
    }

    private readonly struct Pair<TLeft, TRight>(TLeft left, TRight right)
    {
        [Sit]
        public async Task<string> Both()
        {
            var (one, two) = (left, right);
            await Task.Yield();
            return $"{one}{two}";
        }
    }

    private sealed class Shadow<T>
    {
#pragma warning disable CS0693 // Shadowing is the point.
        [Sit]
        public async Task<string> Work<T>(T value, object other)
        {
            await Task.Yield();
            return $"{typeof(T).Name}{value}{other}";
        }
#pragma warning restore CS0693
    }

    private interface IGeneric
    {
        Task<string> Work<T>(T value);
    }

    private class Base<TOuter> : IGeneric
    {
        [Sit]
        public virtual async Task<string> Work<T>(T value)
        {
            await Task.Yield();
            return $"base {typeof(TOuter).Name} {value}";
        }
    }

    private sealed class Derived<TOuter> : Base<List<TOuter>>
    {
        [Sit]
        public override async Task<string> Work<T>(T value) => $"derived {await base.Work(value)}";
    }
}
