using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>What happened to a record, field by field, newest first.</summary>
public sealed class RecordHistory(CrmDbContext db, RecordLabels labels, IText text)
{
    const int Size = 20;

    public async Task<HistoryPage> ReadAsync(RecordType type, Guid recordId, Guid? before, CancellationToken cancel)
    {
        var rows = db.Set<AuditEntry>().AsNoTracking().Where(a => a.RecordId == recordId && a.RecordType == type.Name);
        if (before is { } id) rows = rows.Where(a => a.Id.CompareTo(id) < 0);
        var entries = await rows.OrderByDescending(a => a.Id).Take(Size + 1).ToListAsync(cancel);
        var next = entries.Count > Size ? entries[Size - 1].Id : (Guid?)null;
        var shown = entries.Take(Size).Select(e => (Entry: e, Changes: ChangesOf(type, e))).ToList();
        await labels.LoadUsersAsync(shown.Select(s => s.Entry.UserId), cancel);
        await labels.LoadAsync(shown.SelectMany(s => s.Changes).SelectMany(PointsTo), cancel);
        return new([.. shown.Select(s => Worded(s.Entry, s.Changes))], next);
    }

    /// <summary>Fields that the type no longer has are left out.</summary>
    static List<(Field Field, string Old, string New)> ChangesOf(RecordType type, AuditEntry entry) =>
        [.. (JsonSerializer.Deserialize<Dictionary<string, string[]>>(entry.Details) ?? []).Where(c => c.Value.Length == 2 && type.Find(c.Key) is not null).Select(c => (type.Find(c.Key)!, c.Value[0], c.Value[1]))];

    static IEnumerable<(Field, Guid)> PointsTo((Field Field, string Old, string New) change) => !RecordLabels.Points(change.Field) ? []
        : new[] { change.Old, change.New }.Where(v => Guid.TryParse(v, out _)).Select(v => (change.Field, Guid.Parse(v)));

    HistoryEntry Worded(AuditEntry entry, List<(Field Field, string Old, string New)> changes) => new(
        entry.Id, labels.UserName(entry.UserId), TimeZoneInfo.ConvertTimeFromUtc(entry.At, db.Snapshot.Settings.Zone), entry.Action,
        [.. changes.Select(c => new HistoryChange(text[c.Field.LabelKey], Shown(c.Field, c.Old), Shown(c.Field, c.New)))]);

    string Shown(Field field, string neutral)
    {
        if (neutral.Length == 0 || !field.Kind.TryParse(neutral, field, db.Snapshot.Settings.FieldContext, out var value) || value is null) return neutral;
        return value is Guid id && RecordLabels.Points(field) ? labels.Of(field, id)?.Text ?? text["No longer there"] : field.Kind.Show(value, field, db.Snapshot.Settings.FieldContext, text);
    }
}
