using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Pages.Records;

/// <summary>Makes a record and notes the form's token in the same transaction: a second click finds the record of the first.</summary>
public sealed class CreateRecordOnce(CrmDbContext db, RecordStore store, TimeProvider time)
{
    static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public async Task<SaveResult> ExecuteAsync(RecordType type, Guid token, IReadOnlyDictionary<string, string?> values, CancellationToken cancel)
    {
        try
        {
            await using var write = await db.BeginWriteAsync(cancel);
            if (await MadeAsync(type, token, cancel) is { } made) return made;
            var result = await store.CreateAsync(type, values, cancel);
            if (result.Outcome != SaveOutcome.Saved) return result;
            await NoteAsync(token, result.Record!.Id, cancel);
            await write.CommitAsync(cancel);
            return result;
        }
        catch (DbUpdateException)
        {
            // Both clicks arrived at once and PostgreSQL let both begin; the token's key refused the later one.
            db.ChangeTracker.Clear();
            if (await MadeAsync(type, token, cancel) is { } made) return made;
            throw;
        }
    }

    async Task<SaveResult?> MadeAsync(RecordType type, Guid token, CancellationToken cancel) =>
        await db.Set<FormPost>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == token, cancel) is { } before
        && await type.FindAsync(db, before.RecordId, cancel) is { } record ? new(SaveOutcome.Saved, record, []) : null;

    async Task NoteAsync(Guid token, Guid recordId, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        await db.Set<FormPost>().Where(p => p.At < now - Remembered).ExecuteDeleteAsync(cancel);
        db.Add(new FormPost { Id = token, RecordId = recordId, At = now });
        await db.SaveChangesAsync(cancel);
    }
}
