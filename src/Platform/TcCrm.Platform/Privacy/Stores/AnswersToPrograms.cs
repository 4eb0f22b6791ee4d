using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Api;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Privacy.Stores;

/// <summary>Answers kept for repeated requests of the API. The claim of the key stays, so that nothing happens twice; the answer is then empty.</summary>
public sealed class AnswersToPrograms(CrmDbContext db) : IErasesPersonalData
{
    public async Task<int> EraseAsync(Person person, CancellationToken cancel)
    {
        string[] ids = [.. person.Records.Select(r => r.RecordId.ToString())];
        var answers = await db.Set<IdempotentAnswer>().AsNoTracking().Where(a => a.Body != "").Select(a => new { a.Id, a.Body }).ToListAsync(cancel);
        var theirs = answers.Where(a => ids.Any(id => a.Body.Contains(id, StringComparison.OrdinalIgnoreCase)) || person.IsIn(JsonTexts.Of(a.Body))).Select(a => a.Id).ToList();
        return theirs.Count == 0 ? 0 : await db.WriteAsync(() => db.Set<IdempotentAnswer>().Where(a => theirs.Contains(a.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.Body, "").SetProperty(a => a.Request, ""), cancel), cancel);
    }
}
