using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Privacy.Copies;

/// <summary>Gathers what every feature keeps about the person and puts it into one archive. Done again it makes the same file anew.</summary>
public sealed class MakePersonCopy(CrmDbContext db, People people, PersonCopies copies, ITenantCatalogue catalogue, Access access, TimeProvider time) : IJobHandler
{
    public const string JobKind = "privacy.copy";

    public string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var id = run.Arguments<CopyArguments>().CopyId;
        var copy = await db.Set<PersonCopy>().AsNoTracking().FirstAsync(c => c.Id == id, cancel);
        if (!access.May(PrivacyPermissions.CopyPersonalData) || access.TypeOf(copy.RecordType) is null) throw new BusinessRuleException("You may not copy the data of a person.");
        if (await people.FindAsync(new(copy.RecordType, copy.RecordId), cancel) is not { } person) throw new BusinessRuleException("The record is no longer there.");
        var (tables, files) = (new List<PersonalTable>(), new List<PersonalFile>());
        foreach (var source in catalogue.Of<IPersonalCopy>())
        {
            tables.AddRange((await source.TablesAsync(person, cancel)).Where(t => t.Rows.Count > 0));
            files.AddRange(await source.FilesAsync(person, cancel));
        }
        var path = copies.PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var stream = File.Create(path)) await CopyArchive.WriteAsync(stream, copy, tables, files, cancel);
        var now = Moments.Now(time);
        await db.WriteAsync(() => db.Set<PersonCopy>().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.MadeAt, now).SetProperty(c => c.ExpiresAt, now + PersonCopies.Kept), cancel), cancel);
    }
}
