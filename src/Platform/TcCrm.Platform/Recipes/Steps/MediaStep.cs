using System.Buffers.Text;
using TcCrm.Platform.Files;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary>
/// <c>{ "name": "media", "Files": [{ "TargetPath", "SourcePath" | "Base64" }] }</c>. <c>SourceUrl</c> is refused: the server fetches nothing
/// on a recipe's word, since it stands in networks that the recipe's author does not.
/// </summary>
public sealed class MediaStep(TenantFiles files, TenantContext tenant) : IRecipeStep
{
    public string Name => "media";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (file, path) in step.Items<MediaFile>("Files"))
        {
            if (!TenantFiles.IsValidPath(file.TargetPath ?? "")) step.Problem($"{path}.TargetPath", "'{0}' is not the path of a file.", file.TargetPath);
            if (file.SourceUrl is not null) step.Problem($"{path}.SourceUrl", "Files are not fetched from other servers: put the file beside the recipe and name it as SourcePath.");
            else if (ContentOf(file, step) is null) step.Problem(path, "Name the file beside the recipe as SourcePath, or put its content into Base64.");
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (file, _) in step.Items<MediaFile>("Files"))
        {
            var staged = await files.StageAsync(tenant.Snapshot.Tenant, file.TargetPath!, ContentOf(file, step)!, cancel);
            step.OnRollback(staged.Discard);
            step.OnCommit(staged.Publish);
        }
    }

    static byte[]? ContentOf(MediaFile file, RecipeStepContext step) =>
        file.Base64 is { } encoded ? Base64.IsValid(encoded) ? Convert.FromBase64String(encoded) : null
        : file.SourcePath is { } path ? RecipeFolder.Read(step.Files, path)
        : null;

    sealed record MediaFile(string? TargetPath, string? SourcePath, string? SourceUrl, string? Base64);
}
