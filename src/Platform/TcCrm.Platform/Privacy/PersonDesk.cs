using TcCrm.Platform.Data;
using TcCrm.Platform.Privacy.Consent;
using TcCrm.Platform.Privacy.Copies;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Privacy;

/// <summary>What the page about a person's data shows.</summary>
public sealed record PersonFile(IReadOnlyList<ConsentState> Consents, IReadOnlyList<ConsentEntry> History, IReadOnlyList<PersonCopy> Copies, LegalHold? Hold, ErasureRun? Erasing);

/// <summary>All that somebody needs at hand who answers a person's request about their data.</summary>
public sealed class PersonDesk(CrmDbContext db, Consents consents, PersonCopies copies, Holds holds, ErasureRuns erasures, RecordLabels labels)
{
    public Consents Consents => consents;
    public PersonCopies Copies => copies;
    public Holds Holds => holds;
    public ErasureRuns Erasures => erasures;

    public async Task<PersonFile> ReadAsync(RecordReference person, CancellationToken cancel)
    {
        var file = new PersonFile(await consents.OfAsync(person, cancel), await consents.HistoryAsync(person, cancel), await copies.OfAsync(person, cancel), await holds.FindAsync(person, cancel), await erasures.OpenAsync(person, cancel));
        await labels.LoadUsersAsync([.. file.History.Select(h => h.NotedById), .. file.Copies.Select(c => c.AskedById), file.Hold?.SetById], cancel);
        return file;
    }

    public string UserName(Guid? id) => labels.UserName(id);
    public string Local(DateTime moment) => TimeZoneInfo.ConvertTimeFromUtc(moment, db.Snapshot.Settings.Zone).ToMinute();
    public bool IsMine(PersonCopy copy) => copy.AskedById == db.UserId;
}
