using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Tenants.Backups;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Host;

/// <summary>One company: how it stands, and what can be done with it.</summary>
[Permission(PlatformPermissions.ManageTenants)]
public sealed class TenantModel(TenantRegistry registry, TenantContext host, IServiceProvider services, IText text) : PageModel
{
    public TenantFacts Facts { get; private set; } = null!;
    public Tenant Shown => Facts.Tenant;
    public TenantSettings HostSettings => host.Snapshot.Settings;
    public string? RecipeName => Shown.Recipe is { } recipe ? services.GetRequiredService<RecipeCatalogue>().Find(recipe) is { } known ? text[known.Header.DisplayName] : recipe : null;

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken cancel)
    {
        if (registry.Find(name) is not { } tenant) return NotFound();
        Facts = await TenantFacts.OfAsync(tenant, services, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostSuspendAsync(string name, CancellationToken cancel) =>
        ChangeAsync(name, text["{0} is suspended", name], () => services.GetRequiredService<SuspendTenant>().ExecuteAsync(name, cancel));

    public Task<IActionResult> OnPostResumeAsync(string name, CancellationToken cancel) =>
        ChangeAsync(name, text["{0} runs again", name], () => services.GetRequiredService<ResumeTenant>().ExecuteAsync(name, cancel));

    public async Task<IActionResult> OnPostRemoveAsync(string name, string? typed, CancellationToken cancel)
    {
        if (typed?.Trim() != name) return Refuse(name, text["The typed name is not the name of the tenant."]);
        var answer = await ChangeAsync(name, text["{0} is removed", name], () => services.GetRequiredService<RemoveTenant>().ExecuteAsync(name, cancel));
        return registry.Find(name) is null ? LocalRedirect("~/host/tenants") : answer;
    }

    /// <summary>Written to a file first: an error then is a message and not half a download.</summary>
    public async Task<IActionResult> OnPostBackupAsync(string name, CancellationToken cancel)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"tccrm-{Guid.CreateVersion7():N}.zip"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await services.GetRequiredService<BackUpTenant>().ExecuteAsync(name, file, cancel);
            file.Position = 0;
            return File(file, "application/zip", $"{name}-{services.GetRequiredService<TimeProvider>().GetUtcNow():yyyyMMdd-HHmm}.zip");
        }
        catch (BusinessRuleException refused)
        {
            await file.DisposeAsync();
            return Refuse(name, refused.Text(text));
        }
    }

    async Task<IActionResult> ChangeAsync(string name, string done, Func<Task> work)
    {
        try
        {
            await work();
            HttpContext.ToastAfterRedirect(new(done));
        }
        catch (BusinessRuleException refused)
        {
            return Refuse(name, refused.Text(text));
        }
        return LocalRedirect($"~/host/tenants/{name}");
    }

    LocalRedirectResult Refuse(string name, string reason)
    {
        HttpContext.ToastAfterRedirect(new(reason, "red"));
        return LocalRedirect($"~/host/tenants/{name}");
    }
}
