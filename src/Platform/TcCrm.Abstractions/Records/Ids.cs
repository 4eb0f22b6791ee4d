using System.Buffers.Binary;

namespace TcCrm;

/// <summary>Ids of records: UUID version 7 (RFC 9562) whose 12 bits behind the millisecond count up, so that what one process makes later sorts later.</summary>
public static class Ids
{
    static long _last;

    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        var place = Claim(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16 << 12);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (place >>> 12 << 16) | 0x7000 | (place & 0xFFF));
        return new(bytes, bigEndian: true);
    }

    /// <summary>The present millisecond with its counter, or the next place after the last one given.</summary>
    static long Claim(long now)
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }
}
