using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>Moves records into the recycle bin and back, a handful at a time.</summary>
public sealed class RecordBin(RecordStore store)
{
    const int Most = 200;

    /// <summary>The ids of those that went.</summary>
    public async Task<IReadOnlyList<Guid>> DeleteAsync(RecordType type, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var gone = new List<Guid>();
        foreach (var id in ids.Distinct().Take(Most))
            if ((await store.DeleteAsync(type, id, version: null, cancel).OrProblemAsync()).Outcome == SaveOutcome.Saved) gone.Add(id);
        return gone;
    }

    /// <summary>What stood in the way of each that did not come back.</summary>
    public async Task<IReadOnlyList<RecordProblem>> RestoreAsync(RecordType type, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var problems = new List<RecordProblem>();
        foreach (var id in ids.Distinct().Take(Most)) problems.AddRange((await store.RestoreAsync(type, id, cancel).OrProblemAsync()).Problems);
        return problems;
    }

    public static string UndoHref(RecordType type, IEnumerable<Guid> ids) => $"{RecordLinks.Bin(type)}?handler=Restore&{string.Join('&', ids.Select(id => $"id={id}"))}";
}
