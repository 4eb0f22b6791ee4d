using TcCrm.Platform.Data;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>Places of work end today; the entry as staff says since when the person is gone.</summary>
sealed class LeftPlaces(CrmDbContext db, Access access, RecordStore store) : ILeftBehind
{
    const int AtOnce = 200;

    static readonly (string Type, string Field)[] Ends = [("organisation.assignment", nameof(Assignment.Until)), ("organisation.staff", nameof(StaffMember.LeftOn))];

    public async Task<IReadOnlyList<LeftItem>> CountAsync(Guid user, CancellationToken cancel)
    {
        var items = new List<LeftItem>();
        foreach (var (type, field) in Known())
            if ((await FindAsync(type, field, user, cancel)).Count is > 0 and var count) items.Add(new(type.PluralKey, count, Ends: true));
        return items;
    }

    public async Task HandOverAsync(Guid user, Guid? successor, Func<int, Task> report, CancellationToken cancel)
    {
        foreach (var (type, field) in Known())
            foreach (var record in await FindAsync(type, field, user, cancel))
            {
                db.ChangeTracker.Clear();
                await store.UpdateAsync(type, record.Id, version: null, new Dictionary<string, string?> { [field] = $"{access.Today:yyyy-MM-dd}" }, cancel);
                await report(1);
            }
    }

    IEnumerable<(RecordType Type, string Field)> Known() => Ends.Select(e => (access.TypeOf(e.Type)!, e.Field)).Where(e => e.Item1 is not null);

    /// <summary>Those that have no end yet, or one to come.</summary>
    async Task<IReadOnlyList<Record>> FindAsync(RecordType type, string field, Guid user, CancellationToken cancel)
    {
        var found = new List<Record>();
        for (var query = RecordQuery.All with { Filters = [new("UserId", "eq", user.ToString())], Size = AtOnce }; ;)
        {
            var page = await type.ListAsync(db, query, cancel);
            found.AddRange(page.Items.Where(r => type.Find(field)!.Value(r) is not DateOnly end || end > access.Today));
            if (page.Next is not { } next) return found;
            query = query with { After = next };
        }
    }
}
