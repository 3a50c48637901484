using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Properties;

/// <summary>Bytes as somebody sends them who knows the protocol, who half knows it, or who means harm.</summary>
internal static class Json
{
    /// <summary>A line made of members that mean something, with values of all kinds, and then perhaps damaged.</summary>
    /// <param name="members">The members that the reader knows, each with a value that is right.</param>
    public static Gen<byte[]> Lines(params (string Name, string Value)[] members) =>
        from chosen in Gen.SubListOf(members)
        from foreign in Gen.Elements(members.Select(member => member.Name)).Or(Property.Texts).Select(Quoted).Zip(Values(depth: 3)).Some(most: 2)
        from odd in Gen.Choose(0, 3).SelectMany(share => Values(depth: 2).Select(value => (Value: value, IsOdd: share == 0)).ListOf(chosen.Count))
        let line = "{" + string.Join(",", chosen.Select((member, index) => $"\"{member.Name}\":{(odd[index].IsOdd ? odd[index].Value : member.Value)}")
            .Concat(foreign.Select(pair => $"{pair.Item1}:{pair.Item2}"))) + "}"
        from damaged in Damaged(Encoding.UTF8.GetBytes(line))
        select damaged;

    private static Gen<string> Values(int depth)
    {
        var plain = Gen.OneOf(
            Gen.Elements(
                "null", "true", "false", "0", "-1", "1e999", "-1e999", "123456789012345678901234567890", "1e-999", "0.0000001", "2147483648", "-0",
                "\"\\ud800\"", "\"\\u0000\"", "\"\\udc00\\ud800\"", "\"2026-01-01T00:00:00Z\"", "\"0000-00-00\"", "\"9999-12-31T23:59:59.9999999-14:00\""),
            Property.Texts.Select(Quoted));
        return depth == 0
            ? plain
            : Gen.Frequency(
                (6, plain),
                (1, Values(depth - 1).Some(most: 3).Select(items => $"[{string.Join(",", items)}]")),
                (1, Property.Texts.Select(Quoted).Zip(Values(depth - 1)).Some(most: 3).Select(pairs => $"{{{string.Join(",", pairs.Select(pair => $"{pair.Item1}:{pair.Item2}"))}}}")),
                (1, Gen.Elements(7, 8, 9, 64, 65, 600).Select(deep => new string('[', deep) + new string(']', deep))));
    }

    private static Gen<byte[]> Damaged(byte[] line) => Gen.Frequency(
        (4, Gen.Constant(line)),
        (1, Gen.Choose(0, line.Length).Select(length => line[..length])),
        (2, Gen.Choose(0, line.Length - 1).Zip(Gen.Choose(0, 255).Where(value => value != '\n')).NonEmptyListOf().Select(changes =>
        {
            var changed = (byte[])line.Clone();
            foreach (var (at, value) in changes.Take(4))
            {
                changed[at] = (byte)value;
            }

            return changed;
        })),
        (1, Gen.Choose(0, 255).Where(value => value != '\n').Select(value => (byte)value).ArrayOf()),
        (1, Gen.Constant(Encoding.UTF8.GetBytes($"{{\"do\":\"ps\",\"id\":\"{new string('x', 70_000)}\"}}"))));

    /// <summary>With halves of pairs as they are, which no encoder would let through.</summary>
    private static string Quoted(string text) =>
        "\"" + string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter.ToString() : $"\\u{(int)letter:x4}")) + "\"";
}
