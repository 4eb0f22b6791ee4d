using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Privacy.Erasing;

namespace TcCrm.Platform.Privacy.Stores;

/// <summary>Uploaded files and what is known of their rows. A file that has the person goes as a whole; what the import did stays on record.</summary>
public sealed class ImportsOfPeople(CrmDbContext db, ImportFiles files, ErasurePulse pulse) : IErasesPersonalData
{
    const string Nameless = "…";

    public async Task<int> EraseAsync(Person person, CancellationToken cancel)
    {
        var erased = 0;
        foreach (var import in await db.Set<Import>().AsNoTracking().ToListAsync(cancel))
        {
            if (HasPerson(import, person))
            {
                files.Remove(import.Id);
                erased++;
            }
            erased += await ClearAsync(import, person, cancel);
            await pulse.Beat();
        }
        return erased + await ClearFindingsAsync(person, cancel);
    }

    bool HasPerson(Import import, Person person)
    {
        try
        {
            using var file = files.Open(import.Id, import.Plan());
            return file.Header.Concat(file.Rows().SelectMany(r => r.Cells)).Any(person.IsIn);
        }
        catch (BusinessRuleException)
        {
            return false; // gone, or never was a table
        }
    }

    Task<int> ClearAsync(Import import, Person person, CancellationToken cancel)
    {
        var name = person.IsIn(Path.GetFileNameWithoutExtension(import.FileName)) ? Nameless + Path.GetExtension(import.FileName) : import.FileName;
        var plan = JsonTexts.Replaced(import.PlanJson, t => person.IsIn(t) ? Nameless : null);
        var words = import.Plan().Values.SelectMany(f => f.Value.Keys).Any(person.IsIn);
        if (words) plan = Import.Write(import.Plan() with { Values = new Dictionary<string, IReadOnlyDictionary<string, string>>() });
        return name == import.FileName && plan == import.PlanJson ? Task.FromResult(0) : db.WriteAsync(() => db.Set<Import>().Where(i => i.Id == import.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.FileName, name).SetProperty(i => i.PlanJson, plan), cancel), cancel);
    }

    async Task<int> ClearFindingsAsync(Person person, CancellationToken cancel)
    {
        var theirs = new List<Guid>();
        await foreach (var finding in db.Set<ImportFinding>().AsNoTracking().Select(f => new { f.Id, f.Header, f.Args, f.Cells }).AsAsyncEnumerable().WithCancellation(cancel))
            if (person.IsIn(finding.Header) || person.IsIn(JsonTexts.Of(finding.Args)) || (finding.Cells is { } cells && JsonSerializer.Deserialize<string[]>(cells)!.Any(person.IsIn))) theirs.Add(finding.Id);
        foreach (var some in theirs.Chunk(200)) await db.WriteAsync(() => db.Set<ImportFinding>().Where(f => some.Contains(f.Id)).ExecuteDeleteAsync(cancel), cancel);
        return theirs.Count;
    }
}
