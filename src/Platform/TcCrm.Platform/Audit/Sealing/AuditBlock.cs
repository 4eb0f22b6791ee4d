using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Security.Cryptography;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Audit;

/// <summary>A run of entries under one seal. Which ones they are stands in the block itself: an entry that is committed late goes into a later block, whatever its id.</summary>
public sealed class AuditBlock : IPlatformEntity
{
    internal const int IdLength = 16, DigestLength = 32, RowLength = IdLength + DigestLength;

    /// <summary>From 1, without gaps.</summary>
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None)] public long Number { get; init; }
    public Guid FirstId { get; init; }
    public Guid LastId { get; init; }
    public int Count { get; init; }
    /// <summary>Id and digest of each entry, by id.</summary>
    public required byte[] Entries { get; init; }
    /// <summary>Of <see cref="Entries"/>.</summary>
    public required byte[] EntriesDigest { get; init; }
    /// <summary>Seal of the block before; empty for the first.</summary>
    public required byte[] Previous { get; init; }
    public DateTime SealedAt { get; init; }
    /// <summary>HMAC-SHA256 over all of the above with the tenant's key, which is not in the database.</summary>
    public byte[] Seal { get; internal set; } = [];

    internal static AuditBlock Of(long number, IReadOnlyList<(Guid Id, byte[] Digest)> entries, byte[] previous, DateTime now)
    {
        var list = new byte[entries.Count * RowLength];
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Id.TryWriteBytes(list.AsSpan(i * RowLength), bigEndian: true, out _);
            entries[i].Digest.CopyTo(list.AsSpan((i * RowLength) + IdLength));
        }
        return new() { Number = number, FirstId = entries[0].Id, LastId = entries[^1].Id, Count = entries.Count, Entries = list, EntriesDigest = SHA256.HashData(list), Previous = previous, SealedAt = now };
    }

    internal byte[] SealWith(byte[] key)
    {
        using var buffer = new MemoryStream();
        using var bytes = new BinaryWriter(buffer);
        bytes.Write("TcCrm.AuditBlock.1");
        bytes.Write(Number);
        bytes.Write(FirstId.ToByteArray(bigEndian: true));
        bytes.Write(LastId.ToByteArray(bigEndian: true));
        bytes.Write(Count);
        bytes.Write(SealedAt.Ticks / TimeSpan.TicksPerMicrosecond);
        bytes.Write(EntriesDigest);
        bytes.Write(Previous);
        bytes.Flush();
        return HMACSHA256.HashData(key, buffer.ToArray());
    }
}
