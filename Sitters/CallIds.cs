using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sitters;

/// <summary>
/// Makes the ids of calls: a random part of the process and a counter. A new random one each time would cost more than listing the call.
/// </summary>
internal static class CallIds
{
    /// <summary>Odd, so that the product goes once through all numbers before it repeats: neighbours differ in their first digits.</summary>
    private const uint Spread = 0x9E3779B1;

    private static readonly byte[] _process = RandomNumberGenerator.GetBytes(16);
    private static long _count;

    public static Guid Next()
    {
        var count = Interlocked.Increment(ref _count);
        Span<byte> id = stackalloc byte[16];
        _process.CopyTo(id);
        BinaryPrimitives.WriteUInt32BigEndian(id, unchecked((uint)count * Spread ^ BinaryPrimitives.ReadUInt32BigEndian(_process)));
        BinaryPrimitives.WriteUInt16BigEndian(id[4..], (ushort)(count >> 32));

        // RFC 9562: version 8, which leaves the other bits to whoever makes it, and the variant.
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
