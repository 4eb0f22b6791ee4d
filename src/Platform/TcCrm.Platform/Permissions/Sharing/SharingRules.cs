using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Permissions;

/// <summary>The rules that open records to others. Only somebody whose own rights reach every record of the type makes or changes one. A change counts at the next request.</summary>
public sealed class SharingRules(CrmDbContext db, Access access, TenantRegistry registry, TimeProvider time)
{
    public const string Subject = "platform.sharing-rule";
    const int LongestName = 100;

    public async Task<IReadOnlyList<SharingRule>> ReadAsync(CancellationToken cancel) =>
        await db.Set<SharingRule>().AsNoTracking().OrderBy(r => r.RecordType).ThenBy(r => r.Name).ToListAsync(cancel);

    public async Task<SharingRule?> FindAsync(Guid id, CancellationToken cancel) => await db.Set<SharingRule>().FindAsync([id], cancel);

    /// <summary>Adds it or saves what the caller has changed.</summary>
    /// <exception cref="BusinessRuleException">The acting user's own rights do not reach that far.</exception>
    public async Task<IReadOnlyList<RecordProblem>> SaveAsync(SharingRule rule, CancellationToken cancel)
    {
        var before = await db.Set<SharingRule>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == rule.Id, cancel);
        RequireReach(rule.RecordType, rule.MayEdit || before?.MayEdit == true);
        if (string.IsNullOrWhiteSpace(rule.Name) || rule.Name.Length > LongestName) return [new("Name", "A rule needs a name of at most {0} characters.", LongestName) { Code = "required" }];
        if (before is null) db.Add(rule);
        db.Audit(time, before is null ? "Created" : "Updated", Subject, rule.Id, new
        {
            rule.Name,
            type = rule.RecordType,
            filters = rule.ReadFilters().Select(f => f.ToString()),
            with = $"{rule.WithKind} {rule.WithId}",
            right = rule.MayEdit ? "Edit" : "View",
            isEnabled = rule.IsEnabled,
        });
        await db.SaveChangesAsync(cancel);
        await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
        return [];
    }

    /// <exception cref="BusinessRuleException">The acting user's own rights do not reach that far.</exception>
    public async Task RemoveAsync(SharingRule rule, CancellationToken cancel)
    {
        RequireReach(rule.RecordType, rule.MayEdit);
        db.Remove(rule);
        db.Audit(time, "Deleted", Subject, rule.Id, new { rule.Name, type = rule.RecordType });
        await db.SaveChangesAsync(cancel);
        await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
    }

    void RequireReach(string type, bool mayEdit)
    {
        if (!access.Covers(RecordRight.View, type, null) || (mayEdit && !access.Covers(RecordRight.Edit, type, null)))
            throw new BusinessRuleException("Your own rights do not reach that far, so you cannot give or take this.");
    }
}
