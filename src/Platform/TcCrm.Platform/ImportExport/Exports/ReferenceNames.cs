using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Exports;

/// <summary>What stands for an id in a table: a record's number (else its title), a user's name for signing in.</summary>
sealed class ReferenceNames(CrmDbContext db, Access access)
{
    readonly Dictionary<Guid, string> _names = [];

    public async Task LoadAsync(IReadOnlyList<Field> fields, IReadOnlyList<Record> records, CancellationToken cancel)
    {
        foreach (var field in fields.Where(f => f.Kind is LookupKind))
        {
            var ids = records.Select(field.Value).OfType<Guid>().Where(id => !_names.ContainsKey(id)).Distinct().ToList();
            if (ids.Count == 0) continue;
            if (field.LookupType is null) await LoadUsersAsync(ids, cancel);
            else if (access.TypeOf(field.LookupType) is { } type)
                foreach (var record in await type.FindManyAsync(db, ids, cancel)) _names[record.Id] = (type.Number ?? type.Title).Text(record);
        }
    }

    public string? TextOf(Field field, object value) => field.Kind is LookupKind && value is Guid id ? _names.GetValueOrDefault(id, id.ToString()) : null;

    async Task LoadUsersAsync(List<Guid> ids, CancellationToken cancel)
    {
        foreach (var user in await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.UserName }).ToListAsync(cancel))
            _names[user.Id] = user.UserName ?? "";
    }
}
