using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy;

/// <summary>
/// Records of the same type with the same number or address. Each is kept in one form however it was typed, so equal values are equal people, or people
/// who share a telephone; the index of the field finds them.
/// </summary>
public sealed class SamePeople(CrmDbContext db, PersonRows rows, Access access)
{
    public const int Most = 6;

    /// <summary>As this user may see them; by fields that they may see, masked ones included, since whoever knows a whole value may look for it.</summary>
    public async Task<IReadOnlyList<Record>> FindAsync(RecordReference person, CancellationToken cancel)
    {
        if (access.TypeOf(person.RecordType) is not { } seen || await seen.FindAsync(db, person.RecordId, cancel) is null) return [];
        var whole = db.Snapshot.RecordTypes[person.RecordType];
        var record = (await rows.FindAsync(whole, person.RecordId, cancel))!;
        var found = new HashSet<Guid>();
        foreach (var field in whole.Fields.Where(f => f is { Identifies: true, IsTitle: false } && seen.Find(f.Name) is not null))
            if (field.Text(record) is { Length: > 0 } value)
                found.UnionWith((await whole.ListAsync(db, RecordQuery.All with { Filters = [new(field.Name, "eq", value)], Size = Most }, cancel)).Items.Select(r => r.Id));
        found.Remove(person.RecordId);
        return found.Count == 0 ? [] : await seen.FindManyAsync(db, found, cancel);
    }
}
