using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Files;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Drafts;

/// <summary>The files of recipes that somebody has brought into the current tenant. A recipe may hold people and hashes of passwords: it goes once it has run, or after a day.</summary>
public sealed class RecipeFiles(TenantContext tenant, TenantFiles files) : Uploads(tenant, files, "recipes")
{
    /// <summary>Null when the file is no longer kept. It has no folder of its own: what it names beside it is not there.</summary>
    public RecipeFile? Open(Guid draft, string source) => Find(draft) is { } path ? RecipeFile.Open(source, path, new NullFileProvider()) : null;
}
