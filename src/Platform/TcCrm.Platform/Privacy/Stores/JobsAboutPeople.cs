using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;

namespace TcCrm.Platform.Privacy.Stores;

/// <summary>What jobs were told to do, and why they failed, where it names the person. A job that is about to run does not.</summary>
public sealed class JobsAboutPeople(CrmDbContext db) : IErasesPersonalData
{
    public async Task<int> EraseAsync(Person person, CancellationToken cancel)
    {
        var jobs = await db.Set<Job>().AsNoTracking().Where(j => j.State != JobState.Running && (j.Arguments != "{}" || j.Error != null)).Select(j => new { j.Id, j.Arguments, j.Error }).ToListAsync(cancel);
        var theirs = jobs.Where(j => person.IsIn(JsonTexts.Of(j.Arguments)) || person.IsIn(JsonTexts.Of(j.Error ?? ""))).Select(j => j.Id).ToList();
        return theirs.Count == 0 ? 0 : await db.WriteAsync(() => db.Set<Job>().Where(j => theirs.Contains(j.Id)).ExecuteDeleteAsync(cancel), cancel);
    }
}
