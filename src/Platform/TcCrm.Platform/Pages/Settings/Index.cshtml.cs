using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Settings;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Settings;

[Permission(PlatformPermissions.ManageSettings)]
public sealed class IndexModel(TenantContext tenant, SaveSettings save, IText text) : PageModel
{
    [BindProperty] public string SiteName { get; set; } = "";
    [BindProperty] public string Language { get; set; } = "";
    [BindProperty] public string TimeZoneId { get; set; } = "";
    [BindProperty] public string Currency { get; set; } = "";
    [BindProperty] public string PhoneRegion { get; set; } = "";
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];

    public void OnGet()
    {
        var settings = tenant.Snapshot.Settings;
        (SiteName, Language, TimeZoneId, Currency, PhoneRegion) = (settings.SiteName, settings.Language, settings.Zone.Id, settings.Currency, settings.PhoneRegion);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        var problems = await save.ExecuteAsync(new(SiteName ?? "", Language ?? "", TimeZoneId ?? "", Currency ?? "", PhoneRegion ?? ""), cancel);
        if (problems.Count == 0) return this.Done("~/settings", new(text["Settings saved"]));
        foreach (var problem in problems) ModelState.AddModelError(problem.Field, problem.Message(text));
        Problems = [.. problems.Select(p => new FormProblem(p.Message(text), p.Field))];
        return this.Refused("_SettingsForm", this);
    }
}
