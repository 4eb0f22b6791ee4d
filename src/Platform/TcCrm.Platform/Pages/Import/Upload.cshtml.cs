using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Import;

[RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public sealed class UploadModel(ImportWorkshop workshop, TenantContext tenant, Access access, IText text) : PageModel
{
    public const int MostMegabytes = 200;
    const long MostBytes = (long)MostMegabytes << 20;

    public RecordType Type { get; private set; } = null!;
    public TimeZoneInfo Zone => tenant.Snapshot.Settings.Zone;
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];
    public IReadOnlyList<ImportExport.Imports.Import> Recent { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string module, string noun, CancellationToken cancel)
    {
        if (Refusal($"{module}.{noun}") is { } refusal) return refusal;
        Recent = await workshop.RecentAsync(Type, cancel);
        return Page();
    }

    public async Task<IActionResult> OnGetTemplateAsync(string module, string noun, CancellationToken cancel)
    {
        if (Refusal($"{module}.{noun}") is { } refusal) return refusal;
        var stream = new MemoryStream();
        await using (await TabularWriter.CreateAsync(stream, TabularKind.Xlsx, [.. Type.Fields.Where(f => !f.IsReadOnly).Select(f => text[f.LabelKey])], null, cancel)) { }
        stream.Position = 0;
        return File(stream, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{text[Type.Name]}.xlsx");
    }

    public async Task<IActionResult> OnPostAsync(string module, string noun, IFormFile? file, CancellationToken cancel)
    {
        if (Refusal($"{module}.{noun}") is { } refusal) return refusal;
        try
        {
            if (file is null || file.Length == 0) throw new BusinessRuleException("The file is empty.");
            await using var content = file.OpenReadStream();
            var import = await workshop.BeginAsync(Type, file.FileName, content, cancel);
            return Redirect($"~/import/{import.Id}/columns");
        }
        catch (BusinessRuleException refused)
        {
            Problems = [new(refused.Text(text))];
            Recent = await workshop.RecentAsync(Type, cancel);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
    }

    IActionResult? Refusal(string type)
    {
        if (access.TypeOf(type) is not { } found) return NotFound();
        Type = found;
        return access.May(RecordRight.Import, found) ? null : Forbid();
    }
}
