using System.IO.Compression;
using Sitters.Runtime.Mapping;

namespace Tests.Weaving.Mapping;

/// <summary>A map that was damaged on its way costs names and lines, and nothing else.</summary>
internal sealed class DamagedMapTests
{
    private static readonly byte[] _whole = Content();

    [Test]
    public void one_byte_that_is_wrong_is_found_or_changes_a_word([Range(0, 63)] int seed)
    {
        var random = new Random(seed);
        var content = _whole.ToArray();
        content[random.Next(content.Length)] = (byte)random.Next(256);

        Assert.That(FailureOf(content), Is.Null.Or.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void one_that_is_cut_off_is_found([Range(0, 40, 5)] int length) =>
        Assert.That(() => Read(_whole[..Math.Min(length, _whole.Length - 1)]), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void one_of_another_version_is_refused() =>
        Assert.That(() => AwaitMap.Read(new MemoryStream([9, 0, 0])), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("version"));

    private static Exception? FailureOf(byte[] content)
    {
        try
        {
            Read(content);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static AwaitMap Read(byte[] content)
    {
        var stream = new MemoryStream();
        stream.WriteByte(1);
        using (var deflate = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        stream.Position = 0;
        return AwaitMap.Read(stream);
    }

    /// <summary>What is compressed in a map of two methods.</summary>
    private static byte[] Content()
    {
        var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        WriteAll(writer, "/src/Jobs.cs");
        WriteAll(writer, "Shop.Jobs");
        WriteAll(writer, "Task.Delay", "HttpClient.GetStringAsync");
        int[] counts = [2];
        Array.ForEach(counts, writer.Write7BitEncodedInt);
        foreach (var (name, owner) in new[] { ("Sync", 0), ("Sync.lambda", 1) })
        {
            writer.Write7BitEncodedInt(0);
            writer.Write(name);
            int[] site = [owner, 1, 1, 0, 24, 1];
            Array.ForEach(site, writer.Write7BitEncodedInt);
        }

        writer.Flush();
        return content.ToArray();
    }

    private static void WriteAll(BinaryWriter writer, params string[] strings)
    {
        writer.Write7BitEncodedInt(strings.Length);
        Array.ForEach(strings, writer.Write);
    }
}
