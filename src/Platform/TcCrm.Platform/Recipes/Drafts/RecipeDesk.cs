using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Drafts;

/// <summary>Recipes on their way into the current tenant: brought, looked at, run behind the page.</summary>
public sealed class RecipeDesk(CrmDbContext db, RecipeCatalogue catalogue, TenantRecipes recipes, JobQueue jobs, CurrentUser user, TimeProvider time)
{
    const int Recent = 20;

    public Task<List<RecipeDraft>> RecentAsync(CancellationToken cancel) =>
        db.Set<RecipeDraft>().AsNoTracking().Where(d => d.JobId != null).OrderByDescending(d => d.Id).Take(Recent).ToListAsync(cancel);

    public Task<RecipeDraft?> FindAsync(Guid id, CancellationToken cancel) => db.Set<RecipeDraft>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel);

    /// <exception cref="BusinessRuleException">No recipe of the product is called like this.</exception>
    public Task<RecipeDraft> ChooseAsync(string name, CancellationToken cancel) =>
        AddAsync(name, null, catalogue.Find(name) ?? throw new BusinessRuleException("There is no recipe '{0}'.", null, name), cancel);

    public Task<RecipeDraft> BringAsync(string fileName, byte[] content, CancellationToken cancel) => AddAsync(fileName, Encoding.UTF8.GetString(content), Read(fileName, content), cancel);

    /// <summary>Null when the file is no longer kept.</summary>
    public RecipeFile? Open(RecipeDraft draft) =>
        draft.IsOfProduct ? catalogue.Find(draft.Source) : draft.Content.Length > 0 ? Read(draft.Source, Encoding.UTF8.GetBytes(draft.Content)) : null;

    public Task<RecipeReport> CheckAsync(RecipeFile file, CancellationToken cancel) => recipes.CheckAsync(db.Snapshot.Tenant.Name, file, cancel);

    /// <summary>Once: who asks again gets the job that runs already.</summary>
    public async Task StartAsync(Guid id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { JobId: null } draft) return;
        await using var write = await db.BeginWriteAsync(cancel);
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = user.Id, Action = "AskedForRecipe", Details = JsonSerializer.Serialize(new { Recipe = draft.Source }) });
        var job = await jobs.AddAsync(RunRecipe.JobKind, new RunRecipe.Wanted(id), cancel);
        if (await db.Set<RecipeDraft>().Where(d => d.Id == id && d.JobId == null).ExecuteUpdateAsync(s => s.SetProperty(d => d.JobId, job.Id), cancel) == 0) return;
        await write.CommitAsync(cancel);
        jobs.Wake();
    }

    async Task<RecipeDraft> AddAsync(string source, string? content, RecipeFile file, CancellationToken cancel)
    {
        var name = file.Header.DisplayName.Length > 0 ? file.Header.DisplayName : file.Header.Name;
        var draft = new RecipeDraft { Source = Cut(source), IsOfProduct = content is null, Content = content ?? "", DisplayName = Cut(name.Length > 0 ? name : source), UserId = user.Id, CreatedAt = Moments.Now(time) };
        db.Add(draft);
        await db.SaveChangesAsync(cancel);
        return draft;
    }

    static RecipeFile Read(string source, byte[] content) => RecipeFile.Read(source, content, new NullFileProvider());

    static string Cut(string text) => text.Length <= 300 ? text : text[..300];
}
