using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Privacy.Consent;

/// <summary>That somebody agreed stays as proof, by the record's id; where it can be seen goes, since that may name them.</summary>
public sealed class ConsentsOfPeople(CrmDbContext db, Consents consents, IText text) : IErasesPersonalData, IPersonalCopy
{
    public Task<int> EraseAsync(Person person, CancellationToken cancel)
    {
        var ids = person.Records.Select(r => r.RecordId).ToList();
        return db.WriteAsync(() => db.Set<ConsentEntry>().Where(e => ids.Contains(e.RecordId) && e.Evidence != "").ExecuteUpdateAsync(s => s.SetProperty(e => e.Evidence, ""), cancel), cancel);
    }

    public async Task<IReadOnlyList<PersonalTable>> TablesAsync(Person person, CancellationToken cancel)
    {
        var purposes = await db.Set<ConsentPurpose>().AsNoTracking().ToDictionaryAsync(p => p.Id, cancel);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var record in person.Records)
            foreach (var entry in await consents.HistoryAsync(record, cancel))
                rows.Add([TimeZoneInfo.ConvertTimeFromUtc(entry.At, db.Snapshot.Settings.Zone).ToMinute(), purposes.GetValueOrDefault(entry.PurposeId)?.Name ?? "", text[entry.IsGiven ? "Given" : "Withdrawn"],
                    text[$"ConsentChannel.{entry.Channel}"], entry.WordingVersion, entry.Evidence]);
        return [new("consents", text["Consents"], [text["Time"], text["Purpose"], text["Answer"], text["Channel"], text["Wording version"], text["Evidence"]], rows)];
    }
}
