using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>Records of every type that somebody looks after or heads. They go on through the one pipeline, so that rules hold and their history tells it.</summary>
sealed class LeftRecords(CrmDbContext db, Access access, RecordStore store) : ILeftBehind
{
    const int Page = 200;
    const int MostCounted = 100_000;
    /// <summary>Whom such a record is about: it stays theirs.</summary>
    const string Subject = "UserId";

    public async Task<IReadOnlyList<LeftItem>> CountAsync(Guid user, CancellationToken cancel)
    {
        var items = new List<LeftItem>();
        foreach (var type in access.Types.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            var count = 0;
            foreach (var field in FieldsOf(type)) count += await type.CountAsync(db, Of(field, user), MostCounted, cancel);
            if (count > 0) items.Add(new(type.PluralKey, count, Ends: false));
        }
        return items;
    }

    public async Task HandOverAsync(Guid user, Guid? successor, Func<int, Task> report, CancellationToken cancel)
    {
        foreach (var type in access.Types.ToList())
            foreach (var field in FieldsOf(type))
                await HandOverAsync(type, field, user, successor, report, cancel);
    }

    /// <summary>What a rule refuses stays where it is; the page goes on telling of it.</summary>
    async Task HandOverAsync(RecordType type, Field field, Guid user, Guid? successor, Func<int, Task> report, CancellationToken cancel)
    {
        var change = new Dictionary<string, string?> { [field.Name] = successor?.ToString() };
        var query = Of(field, user);
        while (true)
        {
            var page = await type.ListAsync(db, query, cancel);
            foreach (var record in page.Items)
            {
                db.ChangeTracker.Clear();
                await store.UpdateAsync(type, record.Id, version: null, change, cancel);
            }
            await report(page.Items.Count);
            if (page.Next is not { } next) return;
            query = query with { After = next };
        }
    }

    static RecordQuery Of(Field field, Guid user) => RecordQuery.All with { Filters = [new(field.Name, "eq", user.ToString())], Size = Page };

    static IEnumerable<Field> FieldsOf(RecordType type) => type.Fields.Where(f => f.Kind.Name == "user" && !f.IsReadOnly && f.Name != Subject);
}
