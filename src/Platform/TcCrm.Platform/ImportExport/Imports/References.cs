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
    bool _hasUsers;

    const string Users = "";

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
        problem = found.Count == 0
            ? new(field.Name, field.Kind.InvalidKey) { Code = "not-found" }
            : new(field.Name, "{0} records are called '{1}'. Use the number instead.", found.Count, text) { Code = "not-unique" };
        return null;
    }

    async Task LoadAsync(string typeName, List<string> texts, CancellationToken cancel)
    {
        if (access.TypeOf(typeName) is not { } type) return;
        var missing = texts.Where(t => !_found.ContainsKey((typeName, t))).ToList();
        foreach (var text in missing) _found[(typeName, text)] = [];
        if (type.Number is { } number) await AddAsync(type, number, missing, cancel);
        foreach (var unique in type.Fields.Where(f => f.IsUnique && f.PlainType == typeof(string))) await AddAsync(type, unique, [.. missing.Where(t => _found[(typeName, t)].Count == 0)], cancel);
        if (type.Title.PlainType == typeof(string)) await AddAsync(type, type.Title, [.. missing.Where(t => _found[(typeName, t)].Count == 0)], cancel);
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
