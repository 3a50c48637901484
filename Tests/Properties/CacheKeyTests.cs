using System.Reflection;
using AssemblyToProcess.Life;
using FsCheck;
using FsCheck.Fluent;
using Sitters.Runtime.Execution;

namespace Tests.Properties;

/// <summary>The keys that the weaver makes of the arguments of a call.</summary>
internal sealed class CacheKeyTests
{
    private static readonly int[] _array = [1, 2];

    private static readonly Type _carrier = typeof(CachedByAll).GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public)
        .Single(type => type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ISatCachedMethod<,>)));

    private static readonly ParameterInfo[] _parameters = typeof(CachedByAll).GetMethod(nameof(CachedByAll.Get))!.GetParameters();

    /// <summary>Few values of each kind, so that many are equal: such as are equal without being the same, and such as only look so.</summary>
    private static readonly Dictionary<Type, object?[]> _values = new()
    {
        [typeof(int)] = [0, 1, -1, int.MinValue],
        [typeof(long?)] = [null, 0L, 1L],
        [typeof(double)] = [0.0, -0.0, double.NaN, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(double.NaN) ^ 1), double.PositiveInfinity],
        [typeof(float)] = [0f, -0f, float.NaN],
        [typeof(decimal)] = [1m, 1.0m, 1.00m, -0m, 0m],
        [typeof(string)] = [null, "", "a", new string('a', 1), "A", "a\u0301", "á"],
        [typeof(int[])] = [null, _array, new[] { 1, 2 }],
        [typeof(object)] = [null, 1, 1L, "a", double.NaN],
        [typeof(DayOfWeek)] = [DayOfWeek.Sunday, DayOfWeek.Monday],
        [typeof((double, string?))] = [(double.NaN, (string?)null), (double.NaN, (string?)"x"), (1.0, (string?)"x")],
        [typeof(DateTimeOffset)] = [new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 1, 13, 0, 0, TimeSpan.FromHours(1))],
        [typeof(CancellationToken)] = [CancellationToken.None, new CancellationToken(canceled: true)],
    };

    private static readonly Gen<object?[]> _arguments = Gen.CollectToArray(_parameters, parameter => Gen.Elements(_values[parameter.ParameterType]));

    /// <summary>Two calls, of which the second has some arguments of the first.</summary>
    private static readonly Gen<(object?[] First, object?[] Second)> _calls =
        from first in _arguments
        from second in _arguments
        from kept in Gen.Choose(0, 10).SelectMany(share => Gen.Choose(0, 9).Select(draw => draw < share).ArrayOf(_parameters.Length))
        select (first, second.Select((value, index) => kept[index] ? first[index] : value).ToArray());

    [Test]
    public void keys_are_equal_exactly_where_all_arguments_are_save_tokens() => Property.Holds(
        _calls,
        calls => Assert.That(AreEqual(Carrier(calls.First), Carrier(calls.Second)), Is.EqualTo(
            calls.First.Zip(calls.Second).Where((_, index) => !IsToken(index)).All(pair => Equals(pair.First, pair.Second)))),
        cases: 2000);

    [Test]
    public void a_key_equals_itself_its_copy_and_what_the_cache_keeps_of_it() => Property.Holds(
        _arguments,
        arguments =>
        {
            var (carrier, copy) = (Carrier(arguments), Carrier(arguments));
            var kept = _carrier.GetMethod("Key")!.Invoke(carrier, [])!;

            Assert.That(AreEqual(carrier, carrier) && AreEqual(carrier, copy) && AreEqual(carrier, kept) && AreEqual(kept, carrier));
            Assert.That(kept.GetHashCode(), Is.EqualTo(carrier.GetHashCode()));
        },
        cases: 500);

    [Test]
    public void equality_has_no_direction_and_equal_keys_have_equal_hashes() => Property.Holds(
        _calls,
        calls =>
        {
            var (first, second) = (Carrier(calls.First), Carrier(calls.Second));

            Assert.That(AreEqual(second, first), Is.EqualTo(AreEqual(first, second)));
            Assert.That(!AreEqual(first, second) || first.GetHashCode() == second.GetHashCode());
        },
        cases: 2000);

    [Test]
    public void a_key_that_is_kept_holds_no_token() => Property.Holds(
        _arguments,
        arguments => Assert.That(
            FieldOf(_carrier.GetMethod("Key")!.Invoke(Carrier(arguments), [])!, Array.FindIndex(_parameters, parameter => parameter.ParameterType == typeof(CancellationToken))),
            Is.EqualTo(CancellationToken.None)),
        cases: 50);

    private static bool IsToken(int index) => _parameters[index].ParameterType == typeof(CancellationToken);

    private static object Carrier(object?[] arguments)
    {
        var carrier = Activator.CreateInstance(_carrier)!;
        for (var index = 0; index < arguments.Length; index++)
        {
            Field(index).SetValue(carrier, arguments[index]);
        }

        return carrier;
    }

    private static object? FieldOf(object carrier, int index) => Field(index).GetValue(carrier);

    private static FieldInfo Field(int index) => _carrier.GetField($"{index}_{_parameters[index].Name}", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;

    private static bool AreEqual(object first, object second) => (bool)_carrier.GetMethod("Equals", [_carrier])!.Invoke(first, [second])!;
}
