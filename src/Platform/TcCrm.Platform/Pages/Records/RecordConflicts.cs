using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Pages.Records;

/// <summary>Compares what was typed on an old version with the record as it is. The history says what the others changed: each save is one entry and one version.</summary>
public sealed class RecordConflicts(CrmDbContext db, RecordLabels labels, IText text)
{
    FieldContext Context => db.Snapshot.Settings.FieldContext;

    public async Task<RecordConflict> CompareAsync(RecordType type, Record now, int version, FormValues typed, CancellationToken cancel)
    {
        var since = await db.Set<AuditEntry>().AsNoTracking().Where(a => a.RecordId == now.Id && AuditEntry.Saves.Contains(a.Action)).OrderBy(a => a.Id).Skip(version).ToListAsync(cancel);
        var before = BeforeOf(since);
        var differing = typed.Values.Select(v => (Field: type.Find(v.Key)!, Mine: Neutral(type.Find(v.Key)!, v.Value))).Where(v => v.Mine != v.Field.Text(now)).ToList();
        await labels.LoadAsync(differing.Select(d => d.Field), [now], cancel);
        await labels.LoadAsync(differing.Where(d => RecordLabels.Points(d.Field) && Guid.TryParse(d.Mine, out _)).Select(d => (d.Field, Guid.Parse(d.Mine))), cancel);
        await labels.LoadUsersAsync([since.LastOrDefault()?.UserId], cancel);
        return new(type, now, labels.UserName(since.LastOrDefault()?.UserId), Moment(now.ModifiedAt), [.. differing.Select(d => Row(d.Field, d.Mine, now, before))], typed.Values);
    }

    ConflictRow Row(Field field, string mine, Record now, Dictionary<string, string> before)
    {
        var theyChanged = before.TryGetValue(field.Name, out var old);
        var iChanged = !theyChanged || old != mine;
        return new(field, Shown(field, field.Text(now)), mine, Shown(field, mine), theyChanged && iChanged, theyChanged && !iChanged);
    }

    /// <summary>What the fields held on the version that the form was opened with, for those changed since.</summary>
    static Dictionary<string, string> BeforeOf(IEnumerable<AuditEntry> since)
    {
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in since)
            foreach (var (field, values) in JsonSerializer.Deserialize<Dictionary<string, string[]>>(entry.Details) ?? []) before.TryAdd(field, values[0]);
        return before;
    }

    string Neutral(Field field, string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? "" : field.Kind.TryParse(typed, field, Context, out var value) && value is not null ? field.Kind.Format(value, field) : typed;

    string Shown(Field field, string neutral) =>
        neutral.Length == 0 ? "" : !field.Kind.TryParse(neutral, field, Context, out var value) || value is null ? neutral
        : value is Guid id && RecordLabels.Points(field) ? labels.Of(field, id)?.Text ?? "" : field.Kind.Show(value, field, Context, text);

    string Moment(DateTime at) => TimeZoneInfo.ConvertTimeFromUtc(at, Context.Zone).ToMinute();
}
