using System.Security.Cryptography;

namespace TcCrm.Platform.Audit;

/// <summary>Whether each block carries its seal and follows on the one before.</summary>
sealed class ChainCheck(AuditRows rows, byte[] key, AuditFaults faults)
{
    readonly Dictionary<long, int> _counts = [];
    AuditBlock? _last;

    /// <summary>Entries of each block that may be believed; a block with a fault of its own says nothing about its entries, and is there with none.</summary>
    public IReadOnlyDictionary<long, int> Counts => _counts;
    public DateTime? SealedUntil => _last?.SealedAt;

    public async Task RunAsync(AuditHead.Mark? head, CancellationToken cancel)
    {
        while (await rows.BlocksAsync(_last?.Number ?? 0, cancel) is { Count: > 0 } some)
            foreach (var block in some) LookAt(block, head);
        if (head is not null && head.Number > (_last?.Number ?? 0))
            faults.Add(_last?.LastId ?? Guid.Empty, "The log ends with block {0}, but block {1} has been sealed: the end of the log was taken away.", _last?.Number ?? 0, head.Number);
    }

    void LookAt(AuditBlock block, AuditHead.Mark? head)
    {
        var before = _last;
        _last = block;
        _counts[block.Number] = 0;
        if (block.Number != (before?.Number ?? 0) + 1)
            faults.Add(before?.LastId ?? Guid.Empty, "Block {0} of the log is missing.", (before?.Number ?? 0) + 1);
        else if (!IsSame(block.SealWith(key), block.Seal) || (head?.Number == block.Number && !IsSame(head.Seal, block.Seal)))
            faults.Add(block.FirstId, "The seal of block {0}, entries from {1} to {2}, does not fit: the block was changed or made anew without the key.", block.Number, AuditFaults.Named(block.FirstId, null), AuditFaults.Named(block.LastId, null));
        else if (!IsSame(block.Previous, before?.Seal ?? []))
            faults.Add(block.FirstId, "Block {0} does not follow on block {1}: one of them was replaced.", block.Number, before?.Number ?? 0);
        else if (block.Entries.Length != block.Count * AuditBlock.RowLength || !IsSame(SHA256.HashData(block.Entries), block.EntriesDigest))
            faults.Add(block.FirstId, "The list of entries in block {0} was changed.", block.Number);
        else
            _counts[block.Number] = block.Count;
    }

    static bool IsSame(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);
}
