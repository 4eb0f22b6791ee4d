using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Ids of records and users by what people write: number, code, title or id; display name, user name or mail address. Loaded for a batch of rows at a time.</summary>
sealed class References(CrmDbContext db, Access access, ColumnMap map)
{
    readonly Dictionary<(string Type, string Text), List<Guid>> _found = [];
    readonly Dictionary<Guid, Record> _planned = [];
    FileOrder? _order;
    bool _hasUsers;

    const string Users = "";

    /// <summary>A pass over the file begins: what an earlier one has brought in can be found.</summary>
    public void Begin(FileOrder order)
    {
        _order = order;
        foreach (var miss in _found.Where(f => f.Value.Count == 0 && f.Key.Type == map.Type.Name).Select(f => f.Key).ToList()) _found.Remove(miss);
    }

    /// <summary>Where nothing is written, rows of later passes find these as if it were.</summary>
    public void Plan(IEnumerable<Record> added)
    {
        if (_order is not { Passes: > 1 }) return;
        foreach (var record in added)
        {
            _planned.Add(record.Id, record);
            foreach (var name in map.Type.Names.Select(f => f.Text(record)).Where(_order.Has).Distinct())
            {
                if (!_found.TryGetValue((map.Type.Name, name), out var ids)) _found.Add((map.Type.Name, name), ids = []);
                ids.Add(record.Id);
            }
        }
    }

    public IEnumerable<Record> PlannedFor(IEnumerable<ImportRow> rows) =>
        _planned.Count == 0 ? [] : rows.SelectMany(r => r.Values).Select(v => v.Value).OfType<Guid>().Distinct().Select(_planned.GetValueOrDefault).OfType<Record>();

    /// <summary>Makes <see cref="Find"/> know every text of these rows.</summary>
    public async Task LoadAsync(IReadOnlyList<TabularRow> rows, CancellationToken cancel)
    {
        foreach (var mapped in map.Fields.Where(f => f.Field.Kind is Fields.Kinds.LookupKind))
        {
            if (mapped.Field.LookupType is { } type) await LoadAsync(type, [.. rows.Select(r => mapped.Source.Of(r.Cells)).Where(t => t.Length > 0).Distinct()], cancel);
            else await LoadUsersAsync(cancel);
        }
    }

    public Guid? Find(Field field, string text, out RecordProblem? problem)
    {
        problem = null;
        if (Guid.TryParse(text, out var id)) return id;
        var found = _found.GetValueOrDefault((field.LookupType ?? Users, text), []);
        if (found.Count == 1) return found[0];
        problem = found.Count == 0 && field.LookupType == map.Type.Name && _order?.Has(text) == true ? new(field.Name, "The row of '{0}' in this file was not brought in before this one.", text) { Code = "not-found" }
            : found.Count == 0 ? new(field.Name, field.Kind.InvalidKey) { Code = "not-found" }
            : new(field.Name, "{0} records are called '{1}'. Use the number instead.", found.Count, text) { Code = "not-unique" };
        return null;
    }

    async Task LoadAsync(string typeName, List<string> texts, CancellationToken cancel)
    {
        if (access.TypeOf(typeName) is not { } type) return;
        var missing = texts.Where(t => _found.TryAdd((typeName, t), [])).ToList();
        foreach (var name in type.Names) await AddAsync(type, name, [.. missing.Where(t => _found[(typeName, t)].Count == 0)], cancel);
    }

    async Task AddAsync(RecordType type, Field field, List<string> texts, CancellationToken cancel)
    {
        foreach (var record in await type.FindByAsync(db, field, [.. texts], RecordRight.View, cancel))
            if (_found.TryGetValue((type.Name, field.Text(record)), out var ids)) ids.Add(record.Id);
    }

    async Task LoadUsersAsync(CancellationToken cancel)
    {
        if (_hasUsers) return;
        _hasUsers = true;
        foreach (var user in await db.Users.AsNoTracking().ToListAsync(cancel))
            foreach (var name in new[] { user.UserName, user.DisplayName, user.Email }.OfType<string>().Where(n => n.Length > 0).Distinct())
            {
                if (!_found.TryGetValue((Users, name), out var ids)) _found.Add((Users, name), ids = []);
                ids.Add(user.Id);
            }
    }
}
