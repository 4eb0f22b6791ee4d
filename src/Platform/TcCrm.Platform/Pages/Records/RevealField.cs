using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Records;

/// <summary>Tells the whole value of a masked field to somebody who may ask for it, and notes that they did.</summary>
public sealed class RevealField(TenantContext tenant, CrmDbContext db, Access access, TimeProvider time, IText text)
{
    /// <summary>Null when the record has no such masked field for this user, or they may not have it told.</summary>
    public async Task<string?> ExecuteAsync(RecordType type, Guid id, string name, CancellationToken cancel)
    {
        if (!access.May(RecordRight.Reveal, type) || access.LevelOf(type.Name, type.Find(name)?.Name ?? "") != FieldLevel.Masked || !await type.ReachesAsync(db, RecordRight.Reveal, id, cancel)) return null;
        var whole = tenant.Snapshot.RecordTypes[type.Name];
        if (await whole.FindAsync(db, id, cancel) is not { } record) return null;
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = "Revealed", RecordType = type.Name, RecordId = id, Details = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string[]> { [whole.Find(name)!.Name] = [] }) });
        await db.SaveChangesAsync(cancel);
        return whole.Find(name)!.Show(record, db.Snapshot.Settings.FieldContext, text);
    }
}
