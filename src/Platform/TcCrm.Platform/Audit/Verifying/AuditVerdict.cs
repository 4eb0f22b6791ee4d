using System.Buffers.Binary;
using System.Globalization;

namespace TcCrm.Platform.Audit;

/// <summary>What looking the whole log through has found.</summary>
/// <param name="Unsealed">Entries that no block holds yet; nothing but their own digest speaks for them.</param>
/// <param name="Erased">Entries of which the part about a person was erased.</param>
/// <param name="SealedUntil">When the last block was sealed.</param>
/// <param name="Problem">The first thing that is wrong, by the order of the entries; null when all is as it was written.</param>
public sealed record AuditVerdict(long Entries, long Blocks, long Unsealed, long Erased, DateTime? SealedUntil, RecordProblem? Problem)
{
    public bool IsSound => Problem is null;
}

/// <summary>Keeps the fault that comes first in the log.</summary>
sealed class AuditFaults
{
    Guid _at;

    public RecordProblem? First { get; private set; }

    public void Add(Guid at, string key, params object?[] args)
    {
        if (First is not null && _at.CompareTo(at) <= 0) return;
        (_at, First) = (at, new("", key, args));
    }

    /// <summary>An entry in words: when it was made, which stands in its id as well, and what it says was done.</summary>
    public static string Named(Guid id, string? action) => action is null ? $"{Moment(id)} ({id})" : $"{Moment(id)} {action} ({id})";

    static string Moment(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds((BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >> 16) & 0x3FFF_FFFF_FFFF).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
