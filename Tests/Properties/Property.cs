using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Tests.Properties;

/// <summary>
/// Something that holds for whatever there may be. Each run tries the same cases, so that nothing fails by chance; those who have time try
/// others: SITTERS_PROPERTY_TIMES=100 takes a hundred times as many, of which FsCheck tells how to have the failing one again.
/// </summary>
internal static class Property
{
    private static readonly int _times =
        int.TryParse(Environment.GetEnvironmentVariable("SITTERS_PROPERTY_TIMES"), out var times) && times > 1 ? times : 1;

    /// <summary>Texts of all kinds: none, blanks, letters that mean something somewhere, halves of pairs, and long ones.</summary>
    public static Gen<string> Texts { get; } = Gen.Frequency(
        (1, Gen.Constant("")),
        (1, Gen.Elements(" ", "\t", "\r\n", "\0", "\u2028", "\ud800", "\udc00x", "🙂", "İı", "\u00a0", "%", "null", "\u202e")),
        (3, Gen.Elements('a', 'B', '.', '*', '?', ':', '+', '/', '`', '1', ' ', '<', '"', '\\', '-', 'é').ArrayOf().Select(letters => new string(letters))),
        (2, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")),
        (1, Gen.Choose(100, 300).Select(length => new string('x', length))));

    /// <summary>Texts of numbers: within what is meant, at its ends, beyond, and almost none.</summary>
    public static Gen<string> Numbers { get; } = Gen.Elements(
        "0", "1", "3", "0.5", "1e3", "-1", "-0", "1e-320", "86400", "86401", "4294967", "4294968", "3155760000", "2147483647", "2147483648", "-2147483648",
        "1e308", "1e309", "-1e309", "NaN", "Infinity", "-Infinity", "1,5", "1 000", "0x10", "٣", "１", " 2 ", "+2", "2.", ".5", "1e", "--1", "1_000");

    /// <param name="values">What it is to hold for.</param>
    /// <param name="claim">Throws where it does not hold.</param>
    /// <param name="cases">How many to try.</param>
    public static void Holds<T>(Gen<T> values, Action<T> claim, int cases = 100) => Holds(values.ToArbitrary(), claim, cases);

    public static void Holds<T>(Arbitrary<T> values, Action<T> claim, int cases = 100)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases * _times).WithQuietOnSuccess(true);
        if (_times == 1)
        {
            config = config.WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20261126, 1), FSharpOption<int>.None)));
        }

        Prop.ForAll(values, claim).Check(config);
    }

    public static Gen<T?> OrNothing<T>(this Gen<T> values)
        where T : class => Gen.Frequency((4, values.Select(value => (T?)value)), (1, Gen.Constant<T?>(null)));

    /// <summary>Values in their order, of which any may be left out.</summary>
    public static Gen<List<T>> Some<T>(this Gen<T> values, int most) => Gen.Choose(0, most).SelectMany(values.ListOf);
}
