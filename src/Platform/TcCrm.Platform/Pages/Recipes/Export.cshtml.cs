using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Recipes.Exports;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Recipes;

[Permission(PlatformPermissions.RunRecipes), NotWhileViewing("File")]
public sealed class ExportModel(RecipeExporter exporter, CrmDbContext db) : PageModel
{
    public IReadOnlyList<RecipePart> Parts => exporter.Parts;
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];

    public IActionResult OnGetFile(string[] part, [FromServices] IText text)
    {
        if (part.Length > 0 && part.All(id => Parts.Any(p => p.Id == id)))
            return new StreamedFile("application/json", $"{db.Snapshot.Tenant.Name}{RecipeCatalogue.Ending}", stream => exporter.WriteAsync(part, stream, HttpContext.RequestAborted));
        Problems = [new(part.Length == 0 ? text["Choose what to write."] : text["'{0}' cannot be exported. Choose from: {1}.", part.First(id => Parts.All(p => p.Id != id)), string.Join(", ", Parts.Select(p => p.Id))])];
        Response.StatusCode = 400;
        return Page();
    }
}
