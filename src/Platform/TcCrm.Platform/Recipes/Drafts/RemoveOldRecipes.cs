using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Drafts;

/// <summary>Uploaded recipes go after a day, what was only looked at too; what has run stays as a line.</summary>
public sealed class RemoveOldRecipes(CrmDbContext db, RecipeFiles files, TimeProvider time) : IPeriodicJob
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public string Name => "remove-old-recipes";
    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken cancel)
    {
        var before = Moments.Now(time) - Kept;
        await db.WriteAsync(() => db.Set<RecipeDraft>().Where(d => d.CreatedAt < before && d.JobId == null).ExecuteDeleteAsync(cancel), cancel);
        files.RemoveOlderThan(before);
    }
}

/// <summary>Uploaded recipes may name anybody: an erasure takes all of them away.</summary>
public sealed class RecipesAboutPeople(RecipeFiles files) : IErasesPersonalData
{
    public Task<int> EraseAsync(Person person, CancellationToken cancel) => Task.FromResult(files.RemoveOlderThan(DateTime.MaxValue));
}
