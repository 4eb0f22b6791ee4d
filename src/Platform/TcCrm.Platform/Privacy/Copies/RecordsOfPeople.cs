using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Privacy.Copies;

/// <summary>The person's record with all its parts, each with all its fields, what they were before, and who did what to them.</summary>
public sealed class RecordsOfPeople(CrmDbContext db, PersonRows rows, RecordLabels labels, IText text) : IPersonalCopy
{
    public async Task<IReadOnlyList<PersonalTable>> TablesAsync(Person person, CancellationToken cancel)
    {
        var (values, history, log) = (new List<IReadOnlyList<string>>(), new List<IReadOnlyList<string>>(), new List<IReadOnlyList<string>>());
        foreach (var reference in person.Records)
        {
            var type = db.Snapshot.RecordTypes[reference.RecordType];
            if (await rows.FindAsync(type, reference.RecordId, cancel) is not { } record) continue;
            await labels.LoadAsync(type.Fields, [record], cancel);
            var name = $"{text[type.Name]} {type.Number?.Text(record)}".Trim();
            values.AddRange(type.Fields.Select(f => (Field: f, Text: Shown(f, record))).Where(f => f.Text.Length > 0).Select(f => (IReadOnlyList<string>)[name, text[f.Field.LabelKey], f.Text]));
            await ReadLogAsync(type, record.Id, name, history, log, cancel);
        }
        return
        [
            new("records", text["Records"], [text["Record"], text["Field"], text["Value"]], values),
            new("history", text["History"], [text["Time"], text["Record"], text["Field"], text["Before"], text["After"]], history),
            new("log", text["Audit log"], [text["Time"], text["Record"], text["User"], text["Action"]], log),
        ];
    }

    async Task ReadLogAsync(RecordType type, Guid id, string name, List<IReadOnlyList<string>> history, List<IReadOnlyList<string>> log, CancellationToken cancel)
    {
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.RecordId == id && e.RecordType == type.Name).OrderBy(e => e.Id).ToListAsync(cancel);
        await labels.LoadUsersAsync(entries.Select(e => e.UserId), cancel);
        foreach (var entry in entries)
        {
            var time = TimeZoneInfo.ConvertTimeFromUtc(entry.At, db.Snapshot.Settings.Zone).ToMinute();
            log.Add([time, name, labels.UserName(entry.UserId), text[AuditWords.ActionLabel + entry.Action]]);
            history.AddRange(ChangesOf(type, entry).Select(c => (IReadOnlyList<string>)[time, name, text[c.Field.LabelKey], c.Old, c.New]));
        }
    }

    static IEnumerable<(Field Field, string Old, string New)> ChangesOf(RecordType type, AuditEntry entry)
    {
        if (!AuditEntry.Saves.Contains(entry.Action)) return [];
        using var details = JsonDocument.Parse(entry.Details);
        return [.. details.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array && p.Value.GetArrayLength() == 2 && type.Find(p.Name) is not null)
            .Select(p => (type.Find(p.Name)!, p.Value[0].ToString(), p.Value[1].ToString()))];
    }

    string Shown(Field field, Record record) =>
        field.Value(record) is Guid id && RecordLabels.Points(field) ? labels.Of(field, id)?.Text ?? "" : field.Show(record, db.Snapshot.Settings.FieldContext, text);
}
