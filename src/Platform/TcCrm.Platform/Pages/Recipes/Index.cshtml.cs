using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Recipes.Drafts;
using TcCrm.Platform.Text;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Recipes;

[Permission(PlatformPermissions.RunRecipes), RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public sealed class IndexModel(RecipeDesk desk, RecipeCatalogue catalogue, CrmDbContext db, IText text) : PageModel
{
    public const int MostMegabytes = 256;
    const long MostBytes = (long)MostMegabytes << 20;

    public IReadOnlyList<RecipeHeader> Shipped { get; private set; } = [];
    public IReadOnlyList<RecipeDraft> Recent { get; private set; } = [];
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Shipped = [.. catalogue.All.Select(f => f.Header)];
        Recent = await desk.RecentAsync(cancel);
    }

    public Task<IActionResult> OnPostChooseAsync(string? recipe, CancellationToken cancel) => LookAsync(() => desk.ChooseAsync(recipe ?? "", cancel), cancel);

    public Task<IActionResult> OnPostBringAsync(IFormFile? file, CancellationToken cancel) => LookAsync(async () =>
    {
        if (file is null || file.Length == 0) throw new BusinessRuleException("The file is empty.");
        await using var content = file.OpenReadStream();
        return await desk.BringAsync(Path.GetFileName(file.FileName), content, cancel);
    }, cancel);

    public string Local(DateTime moment) => TimeZoneInfo.ConvertTimeFromUtc(moment, db.Snapshot.Settings.Zone).ToMinute();

    async Task<IActionResult> LookAsync(Func<Task<RecipeDraft>> bring, CancellationToken cancel)
    {
        try
        {
            return Redirect($"~/recipes/{(await bring()).Id}");
        }
        catch (BusinessRuleException refused)
        {
            Problems = [new(refused.Text(text))];
            await OnGetAsync(cancel);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
    }
}
