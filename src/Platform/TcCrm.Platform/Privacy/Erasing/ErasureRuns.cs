using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;
using TcCrm.Ui;
using JobState = TcCrm.Platform.Jobs.JobState;

namespace TcCrm.Platform.Privacy.Erasing;

public sealed record EraseArguments(Guid Run);

/// <summary>Erasures that people asked for: begun by a page, done in a job. The caller has checked the right.</summary>
public sealed class ErasureRuns(CrmDbContext db, JobQueue jobs, IText text, TimeProvider time)
{
    /// <summary>While one is on its way for the record, that one.</summary>
    public async Task<ErasureRun> StartAsync(RecordReference person, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.AloneAsync($"erasure of {person.RecordId}", cancel);
        if (await OpenAsync(person, cancel) is { } open) return open;
        var run = new ErasureRun { RecordType = person.RecordType, RecordId = person.RecordId, AskedAt = Moments.Now(time), AskedById = db.UserId };
        db.Add(run);
        run.JobId = (await jobs.AddAsync(ErasePersonJob.JobKind, new EraseArguments(run.Id), cancel)).Id;
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        jobs.Wake();
        return run;
    }

    public Task<ErasureRun?> FindAsync(Guid id, CancellationToken cancel) => db.Set<ErasureRun>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel);

    /// <summary>The one that is on its way for the record.</summary>
    public Task<ErasureRun?> OpenAsync(RecordReference person, CancellationToken cancel)
    {
        var (type, id) = (person.RecordType, person.RecordId);
        return Open().FirstOrDefaultAsync(r => r.RecordId == id && r.RecordType == type, cancel);
    }

    public Task<List<ErasureRun>> OpenAsync(int most, CancellationToken cancel) => Open().OrderBy(r => r.Id).Take(most).ToListAsync(cancel);

    /// <summary>Null when the job is over.</summary>
    public async Task<JobProgress?> ProgressAsync(ErasureRun run, CancellationToken cancel) => await jobs.FindAsync(run.JobId, cancel) is not { IsOver: false } job ? null
        : new("erase-job", text["Erasing a person: {0}", text[run.RecordType]], job.State == JobState.Running ? Ui.JobState.Running : Ui.JobState.Waiting, $"~/privacy/erasing/{run.Id}")
        {
            Percent = job.Total > 0 ? (int)(100L * job.Done / job.Total) : null,
            Detail = job.Total > 0 ? text["{0} of {1} places", job.Done, job.Total] : text["Looking where the person is"],
        };

    /// <summary>Why nothing came of it; null when something did, or may still.</summary>
    public async Task<string?> FailureAsync(ErasureRun run, CancellationToken cancel)
    {
        if (run.EndedAt is not null) return null;
        var job = await jobs.FindAsync(run.JobId, cancel);
        return job is { State: JobState.Done } ? null : JobError.Text(job?.Error, text) ?? text["It was stopped before the end. Ask for it once more."];
    }

    internal async Task NoteAsync(Guid run, string store, int count, CancellationToken cancel)
    {
        if (count == 0) return;
        var counts = (await FindAsync(run, cancel))!.Counts;
        counts[store] = counts.GetValueOrDefault(store) + count; // a run that was cut short has its part in it
        var report = JsonSerializer.Serialize(counts);
        await db.WriteAsync(() => db.Set<ErasureRun>().Where(r => r.Id == run).ExecuteUpdateAsync(s => s.SetProperty(r => r.Report, report), cancel), cancel);
    }

    internal Task<int> EndAsync(Guid run, ErasureMode? mode, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        return db.WriteAsync(() => db.Set<ErasureRun>().Where(r => r.Id == run).ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, now).SetProperty(r => r.Mode, mode), cancel), cancel);
    }

    IQueryable<ErasureRun> Open() =>
        db.Set<ErasureRun>().AsNoTracking().Where(r => r.EndedAt == null && db.Set<Job>().Any(j => j.Id == r.JobId && (j.State == JobState.Waiting || j.State == JobState.Running)));
}
