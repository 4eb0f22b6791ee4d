using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Permissions;

/// <summary>Whom something is shared with, and what they are called when it is.</summary>
public sealed record ShareTarget(ShareWith Kind, Guid Id, string Name);

/// <summary>Opens single records to others. Nobody shares more than they may do themselves.</summary>
public sealed class RecordShares(CrmDbContext db, Access access, TenantRegistry registry, TimeProvider time)
{
    /// <summary>Under which an audit entry says with whom: kind, id, name, right, last day.</summary>
    public const string Told = "sharedWith";
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IReadOnlyList<RecordShare>> OfAsync(Guid record, CancellationToken cancel) =>
        await db.Set<RecordShare>().AsNoTracking().Where(s => s.RecordId == record).OrderBy(s => s.SharedAt).ToListAsync(cancel);

    /// <summary>Also changes a share that there is already.</summary>
    /// <param name="record">As the acting user sees it.</param>
    /// <exception cref="BusinessRuleException">They may not share it, or not this far.</exception>
    public async Task ShareAsync(RecordType type, Record record, ShareTarget with, bool mayEdit, DateOnly? until, CancellationToken cancel)
    {
        await RequireAsync(type, record, mayEdit, cancel);
        if (until < access.Today) throw new BusinessRuleException("Choose a day that is not past.", "Until");
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<RecordShare>().Where(s => s.RecordId == record.Id && s.WithId == with.Id).ExecuteDeleteAsync(cancel);
        db.Add(new RecordShare { RecordId = record.Id, WithId = with.Id, WithKind = with.Kind, RecordType = type.Name, MayEdit = mayEdit, Until = until, SharedAt = Moments.Now(time), SharedById = db.UserId });
        Note("Shared", type, record, with, mayEdit, until);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        if (!db.Snapshot.Rights.HasShares) await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
    }

    /// <exception cref="BusinessRuleException">The acting user may not share the record.</exception>
    public async Task WithdrawAsync(RecordType type, Record record, ShareTarget with, CancellationToken cancel)
    {
        await RequireAsync(type, record, mayEdit: false, cancel);
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Set<RecordShare>().FirstOrDefaultAsync(s => s.RecordId == record.Id && s.WithId == with.Id, cancel) is not { } share) return;
        db.Remove(share);
        Note("ShareWithdrawn", type, record, with, share.MayEdit, share.Until);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    async Task RequireAsync(RecordType type, Record record, bool mayEdit, CancellationToken cancel)
    {
        if (!access.May(RecordRight.Share, type) || !await type.ReachesAsync(db, RecordRight.View, record.Id, cancel)) throw new BusinessRuleException("You may not share this record.");
        if (mayEdit && !(access.May(RecordRight.Edit, type) && await type.ReachesAsync(db, RecordRight.Edit, record.Id, cancel)))
            throw new BusinessRuleException("You may not change this record yourself, so you can let others see it only.", "MayEdit");
    }

    void Note(string action, RecordType type, Record record, ShareTarget with, bool mayEdit, DateOnly? until) => db.Add(new AuditEntry
    {
        At = Moments.Now(time),
        UserId = db.UserId,
        Action = action,
        RecordType = type.Name,
        RecordId = record.Id,
        Details = JsonSerializer.Serialize(new Dictionary<string, string[]> { [Told] = [$"{with.Kind}", $"{with.Id}", with.Name, mayEdit ? "Edit" : "View", $"{until:yyyy-MM-dd}"] }, Readable),
    });
}
