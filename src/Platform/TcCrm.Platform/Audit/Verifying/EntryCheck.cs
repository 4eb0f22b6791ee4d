using System.Text.Json;

namespace TcCrm.Platform.Audit;

/// <summary>Walks through the entries by id: each against its own digest, and against the list of the block that holds it.</summary>
sealed class EntryCheck(AuditRows rows, IReadOnlyDictionary<long, int> blocks, AuditFaults faults)
{
    /// <summary>Also the word by which an erasure names the entries it emptied.</summary>
    internal const string ErasedAction = "AuditErased", ErasedEntries = "Entries";
    readonly Dictionary<long, BlockList> _open = [];
    readonly HashSet<Guid> _erased = [], _named = [];

    public long Count { get; private set; }
    public long Unsealed { get; private set; }
    public long Erased => _erased.Count;

    public async Task RunAsync(Func<long, Task>? progress, CancellationToken cancel)
    {
        for (var last = Guid.Empty; await rows.EntriesAsync(last, cancel) is [.., var end] some; last = end.Id)
        {
            foreach (var row in some) await LookAtAsync(row, cancel);
            Count += some.Count;
            if (progress is not null) await progress(Count);
        }
        foreach (var (number, count) in blocks.Where(b => b.Value > 0 && !_open.ContainsKey(b.Key))) _open[number] = new(number, count, await rows.ListOfAsync(number, cancel));
        foreach (var list in _open.Values) list.End(faults);
        if (_erased.Except(_named).ToList() is { Count: > 0 } unnamed) faults.Add(unnamed.Min(), "The entry of {0} says that it was erased, but no erasure names it.", AuditFaults.Named(unnamed.Min(), null));
    }

    async Task LookAtAsync(AuditRow row, CancellationToken cancel)
    {
        var name = AuditFaults.Named(row.Id, row.Content?.Action);
        if (!IsAsWritten(row)) faults.Add(row.Id, "The entry of {0} was changed: it no longer fits its digest.", name);
        if (row.IsErased) _erased.Add(row.Id);
        if (row.Content is { Action: ErasedAction } erasure) _named.UnionWith(IdsOf(erasure.Details));
        if (row.Block is not { } number) Unsealed++;
        else if (!blocks.TryGetValue(number, out var count)) faults.Add(row.Id, "The entry of {0} stands in block {1}, which is not there.", name, number);
        else if (count > 0)
        {
            if (!_open.TryGetValue(number, out var list)) _open[number] = list = new(number, count, await rows.ListOfAsync(number, cancel));
            list.LookAt(row, name, faults);
        }
    }

    static bool IsAsWritten(AuditRow row)
    {
        if (row.Digest is null && row.Block is null) return row.Content is not null; // written set-wise, gets its digest when it is sealed
        if (row is not { Content: { } content, Salt: { } salt, Digest: { } digest }) return false;
        if (row.IsErased && content is not { Details: "{}", Address: null, Agent: null }) return false;
        return content.Digest(row.IsErased ? salt : content.Personal(salt)).AsSpan().SequenceEqual(digest);
    }

    static Guid[] IdsOf(string details)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, Guid[]>>(details)?.GetValueOrDefault(ErasedEntries) ?? [];
        }
        catch (JsonException)
        {
            return []; // changed, which is a fault of its own
        }
    }
}

/// <summary>What a block says it holds, compared with what is there as it comes by in the order of ids.</summary>
sealed class BlockList(long number, int count, byte[] list)
{
    int _next;
    byte[] _list = list;

    public void LookAt(AuditRow row, string name, AuditFaults faults)
    {
        while (_next < count && IdAt(_next).CompareTo(row.Id) < 0) Miss(faults);
        if (_next == count || IdAt(_next) != row.Id)
        {
            faults.Add(row.Id, "The entry of {0} was put into block {1} after it had been sealed.", name, number);
            return;
        }
        if (row.Digest is null || !_list.AsSpan((_next * AuditBlock.RowLength) + AuditBlock.IdLength, AuditBlock.DigestLength).SequenceEqual(row.Digest))
            faults.Add(row.Id, "The entry of {0} is not the one that was sealed in block {1}.", name, number);
        if (++_next == count) _list = [];
    }

    public void End(AuditFaults faults)
    {
        while (_next < count) Miss(faults);
    }

    void Miss(AuditFaults faults)
    {
        var id = IdAt(_next++);
        faults.Add(id, "Entry {0} of the {1} in block {2} is missing; it was written at {3}.", _next, count, number, AuditFaults.Named(id, null));
    }

    Guid IdAt(int place) => new(_list.AsSpan(place * AuditBlock.RowLength, AuditBlock.IdLength), bigEndian: true);
}
