using System.Text.Json;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy.Retention;

/// <summary>Makes, changes and removes rules of retention. The caller has checked the right.</summary>
public sealed class SaveRetentionRule(CrmDbContext db, TimeProvider time)
{
    /// <param name="present">Null for a new one.</param>
    public Task ExecuteAsync(RetentionRule? present, RetentionRule wanted, CancellationToken cancel)
    {
        if (present is null) db.Add(wanted);
        else (present.Name, present.Filters, present.Since, present.Days, present.Action, present.Fields, present.IsEnabled) = (wanted.Name, wanted.Filters, wanted.Since, wanted.Days, wanted.Action, wanted.Fields, wanted.IsEnabled);
        return SaveAsync("RetentionChanged", wanted, cancel);
    }

    public Task RemoveAsync(RetentionRule rule, CancellationToken cancel)
    {
        db.Remove(rule);
        return SaveAsync("RetentionRemoved", rule, cancel);
    }

    Task<int> SaveAsync(string action, RetentionRule rule, CancellationToken cancel)
    {
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = action, RecordType = rule.RecordType, Details = JsonSerializer.Serialize(new { rule.Name, rule.Days }) });
        return db.SaveChangesAsync(cancel);
    }
}
