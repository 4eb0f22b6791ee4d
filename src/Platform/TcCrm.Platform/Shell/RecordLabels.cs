using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Shell;

/// <summary>How something that a field points to is called. <paramref name="Href"/> is null where there is no page, or none for this user.</summary>
public sealed record RecordLabel(string Text, string? Href);

/// <summary>Names of the records and users that ids stand for, loaded with one query a type, however many rows a page has.</summary>
public sealed class RecordLabels(CrmDbContext db, Access access, IText text)
{
    static readonly CompiledQuery<List<Guid>, CrmUser> Users = new((db, ids) =>
        db.Set<CrmUser>().AsNoTracking().Where(u => ids.Contains(u.Id)).Select(u => new CrmUser { Id = u.Id, DisplayName = u.DisplayName, UserName = u.UserName }));
    readonly Dictionary<(string Source, Guid Id), RecordLabel> _known = [];

    public static bool Points(Field field) => field.LookupType is not null || field.Kind.Name == "user";

    public RecordLabel? Of(Field field, Guid id) => _known.GetValueOrDefault((SourceOf(field), id));

    public string UserName(Guid? id) => id is null ? text["The system"] : _known.GetValueOrDefault(("", id.Value))?.Text ?? text["A user who is gone"];

    /// <summary>Everything that these fields of these records point to.</summary>
    public Task LoadAsync(IEnumerable<Field> fields, IReadOnlyCollection<Record> records, CancellationToken cancel) => LoadAsync(
        fields.Where(Points).SelectMany(f => records.Select(r => (f, f.Value(r) as Guid?)).Where(p => p.Item2 is not null).Select(p => (p.f, p.Item2!.Value))), cancel);

    public async Task LoadAsync(IEnumerable<(Field Field, Guid Id)> wanted, CancellationToken cancel)
    {
        foreach (var group in wanted.Select(w => (Source: SourceOf(w.Field), w.Id)).Where(w => !_known.ContainsKey(w)).Distinct().GroupBy(w => w.Source, w => w.Id).ToList())
            await LoadAsync(group.Key, [.. group], cancel);
    }

    public Task LoadUsersAsync(IEnumerable<Guid?> ids, CancellationToken cancel) =>
        LoadAsync("", [.. ids.OfType<Guid>().Distinct().Where(id => !_known.ContainsKey(("", id)))], cancel);

    async Task LoadAsync(string source, List<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count == 0) return;
        if (source.Length == 0)
            foreach (var user in await Users.ToListAsync(db, ids, cancel)) _known[("", user.Id)] = new(user.Called, null);
        else if (access.TypeOf(source) is not { } type)
            foreach (var id in ids) _known[(source, id)] = NotVisible;
        else
            await LoadAsync(type, ids, cancel);
    }

    async Task LoadAsync(RecordType type, List<Guid> ids, CancellationToken cancel)
    {
        if (!access.ReachesAll(RecordRight.View, type))
            foreach (var id in ids) _known[(type.Name, id)] = NotVisible;
        foreach (var record in await type.FindManyAsync(db, ids, cancel))
            _known[(type.Name, record.Id)] = new(type.TitleOf(record), record.DeletedAt is null ? RecordLinks.Of(type, record) : null);
    }

    RecordLabel NotVisible => field ??= new(text["Not visible to you"], null);

    static string SourceOf(Field field) => field.LookupType ?? "";
}
