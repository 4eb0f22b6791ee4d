using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Drafts;

/// <summary>Recipes on their way into the current tenant: brought, looked at, run behind the page.</summary>
public sealed class RecipeDesk(CrmDbContext db, RecipeFiles files, RecipeCatalogue catalogue, TenantRecipes recipes, JobQueue jobs, TimeProvider time)
{
    const int Recent = 20;

    public Task<List<RecipeDraft>> RecentAsync(CancellationToken cancel) =>
        db.Set<RecipeDraft>().AsNoTracking().Where(d => d.JobId != null).OrderByDescending(d => d.Id).Take(Recent).ToListAsync(cancel);

    public Task<RecipeDraft?> FindAsync(Guid id, CancellationToken cancel) => db.Set<RecipeDraft>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel);

    /// <exception cref="BusinessRuleException">No recipe of the product is called like this.</exception>
    public Task<RecipeDraft> ChooseAsync(string name, CancellationToken cancel) =>
        AddAsync(Guid.CreateVersion7(), name, true, catalogue.Find(name) ?? throw new BusinessRuleException("There is no recipe '{0}'.", null, name), cancel);

    public async Task<RecipeDraft> BringAsync(string fileName, Stream content, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        await files.SaveAsync(id, content, cancel);
        return await AddAsync(id, fileName, false, files.Open(id, fileName)!, cancel);
    }

    /// <summary>Null when the file is no longer kept.</summary>
    public RecipeFile? Open(RecipeDraft draft) => draft.IsOfProduct ? catalogue.Find(draft.Source) : files.Open(draft.Id, draft.Source);

    /// <summary>It has run: its file is not kept.</summary>
    public void Forget(RecipeDraft draft) => files.Remove(draft.Id);

    public Task<RecipeReport> CheckAsync(RecipeFile file, CancellationToken cancel) => recipes.CheckAsync(db.Snapshot.Tenant.Name, file, cancel);

    /// <summary>Once: who asks again gets the job that runs already.</summary>
    public async Task StartAsync(Guid id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { JobId: null } draft) return;
        await using var write = await db.BeginWriteAsync(cancel);
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = "AskedForRecipe", Details = JsonSerializer.Serialize(new { Recipe = draft.Source }) });
        var job = await jobs.AddAsync(RunRecipe.JobKind, new RunRecipe.Wanted(id), cancel);
        if (await db.Set<RecipeDraft>().Where(d => d.Id == id && d.JobId == null).ExecuteUpdateAsync(s => s.SetProperty(d => d.JobId, job.Id), cancel) == 0) return;
        await write.CommitAsync(cancel);
        jobs.Wake();
    }

    async Task<RecipeDraft> AddAsync(Guid id, string source, bool isOfProduct, RecipeFile file, CancellationToken cancel)
    {
        var name = file.Header.DisplayName.Length > 0 ? file.Header.DisplayName : file.Header.Name;
        var draft = new RecipeDraft { Id = id, Source = Cut(source), IsOfProduct = isOfProduct, DisplayName = Cut(name.Length > 0 ? name : source), UserId = db.UserId, CreatedAt = Moments.Now(time) };
        db.Add(draft);
        await db.SaveChangesAsync(cancel);
        return draft;
    }

    static string Cut(string text) => text.Length <= 300 ? text : text[..300];
}
