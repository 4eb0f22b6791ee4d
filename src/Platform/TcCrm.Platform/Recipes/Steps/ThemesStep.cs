using TcCrm.Platform.Data;
using TcCrm.Platform.Modules;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary><c>{ "name": "themes", "admin": "…", "site": "…" }</c>: the looks of the staff's pages and of the portal.</summary>
public sealed class ThemesStep(CrmDbContext db, ModuleCatalog modules) : IRecipeStep
{
    public string Name => "themes";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        if (step.Read<ThemesBody>() is not { } body) return Task.CompletedTask;
        Check(step, "admin", body.Admin);
        Check(step, "site", body.Site);
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var body = step.Read<ThemesBody>();
        if (IsTheme(body?.Admin)) await db.PutAsync("Theme", body!.Admin, cancel);
        if (IsTheme(body?.Site)) await db.PutAsync("PortalTheme", body!.Site, cancel);
    }

    void Check(RecipeStepContext step, string at, string? theme)
    {
        if (!string.IsNullOrEmpty(theme) && !IsTheme(theme)) step.Warn(at, "The theme '{0}' is not installed here; the present one stays.", theme);
    }

    bool IsTheme(string? id) => id is not null && modules.Find(id) is { IsTheme: true };

    sealed record ThemesBody(string? Admin, string? Site);
}
