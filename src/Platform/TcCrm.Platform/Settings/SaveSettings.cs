using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Settings;

/// <summary>What an administrator of a tenant sets about it.</summary>
public sealed record SiteSettings(string SiteName, string Language, string TimeZoneId, string Currency, string PhoneRegion);

/// <summary>Writes the settings that differ, notes who did it, and lets every node read them anew.</summary>
public sealed class SaveSettings(CrmDbContext db, TenantRegistry registry, SnapshotCache snapshots, TimeProvider time)
{
    /// <summary>The problems; nothing was saved when there are any.</summary>
    public async Task<IReadOnlyList<RecordProblem>> ExecuteAsync(SiteSettings wish, CancellationToken cancel)
    {
        if (SettingRules.ProblemsOf(wish) is { Count: > 0 } problems) return problems;
        var values = new Dictionary<string, string>
        {
            [nameof(SiteSettings.SiteName)] = wish.SiteName.Trim(),
            [nameof(SiteSettings.Language)] = wish.Language,
            [nameof(SiteSettings.TimeZoneId)] = wish.TimeZoneId,
            [nameof(SiteSettings.Currency)] = wish.Currency.Trim().ToUpperInvariant(),
            [nameof(SiteSettings.PhoneRegion)] = wish.PhoneRegion.Trim().ToUpperInvariant(),
        };
        var rows = await db.Set<SettingRow>().Where(s => values.Keys.Contains(s.Key)).ToDictionaryAsync(s => s.Key, cancel);
        var changed = values.Where(v => rows.GetValueOrDefault(v.Key)?.Json != JsonSerializer.Serialize(v.Value)).ToList();
        if (changed.Count == 0) return [];
        foreach (var (key, value) in changed) Put(rows.GetValueOrDefault(key), key, value);
        db.Add(new AuditEntry { At = time.GetUtcNow().UtcDateTime, UserId = db.UserId, Action = "SettingsChanged", Details = JsonSerializer.Serialize(new { Settings = changed.Select(c => c.Key) }) });
        await db.SaveChangesAsync(cancel);
        snapshots.Drop(db.Snapshot.Tenant.Name);
        await registry.TouchAsync(db.Snapshot.Tenant.Name, cancel);
        return [];
    }

    void Put(SettingRow? row, string key, string value)
    {
        if (row is null) db.Add(new SettingRow { Key = key, Json = JsonSerializer.Serialize(value) });
        else row.Json = JsonSerializer.Serialize(value);
    }
}
