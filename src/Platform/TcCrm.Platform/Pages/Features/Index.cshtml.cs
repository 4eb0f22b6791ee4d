using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Features;

[Permission(PlatformPermissions.ManageFeatures)]
public sealed class IndexModel(ModuleCatalog modules, TenantContext tenant, FeatureSwitch features, IText text) : PageModel
{
    public FeatureList List { get; private set; } = null!;

    public void OnGet(string? q) => List = FeatureList.Of(modules, tenant.Snapshot, q ?? "", text);

    public async Task<IActionResult> OnPostEnableAsync(string id, CancellationToken cancel)
    {
        try
        {
            var on = await features.EnableAsync(id, cancel);
            return this.Done("~/features", new(text["Switched on: {0}", string.Join(", ", on.Select(f => text[f.Name]))]));
        }
        catch (BusinessRuleException refused)
        {
            return this.Done("~/features", new(refused.Text(text), "red"));
        }
    }

    public async Task<IActionResult> OnPostDisableAsync(string id, CancellationToken cancel)
    {
        try
        {
            await features.DisableAsync(id, cancel);
            return this.Done("~/features", new(text["Switched off: {0}", text[modules.Find(id)!.Name]]));
        }
        catch (BusinessRuleException refused)
        {
            return this.Done("~/features", new(refused.Text(text), "red"));
        }
    }
}
