using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.Pages.Account;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.SignInProviders;

/// <summary>A role that a provider may bring, and whether the acting user may give it.</summary>
public sealed record ProviderRoleChoice(Guid Id, string Name, bool MayGive);

/// <summary>One provider; <c>/sign-in-providers/new</c> connects one.</summary>
[Feature(OpenIdClientStartup.Id)]
public sealed class EditModel(Identity.OpenId.SignInProviders providers, ConnectionTest test, CrmDbContext db, UserRights rights, IText text) : PageModel
{
    const int EmptyRows = 2;

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    /// <summary>Known before it is saved, so that its addresses can be registered first.</summary>
    [BindProperty] public Guid NewId { get; set; }
    [BindProperty] public ProviderForm Form { get; set; } = new();

    public bool IsNew => Id == "new";
    public SignInProvider Provider { get; private set; } = null!;
    public bool HasSecret => Provider.ClientSecret is not null;
    public IReadOnlyList<Finding>? Findings { get; private set; }
    public IReadOnlyList<ProviderRoleChoice> Roles { get; private set; } = [];

    public string AddressOf(string step) => $"{OpenIdPrincipals.AddressOf(Request)}/sign-in/{step}/{Provider.Id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        try
        {
            if (!ModelState.Add(await providers.SaveAsync(Provider, Form, cancel), text)) return Saved($"/{Provider.Id}");
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        AddRows();
        return Page();
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || IsNew) return NotFound();
        Findings = await test.RunAsync(Provider, cancel);
        ModelState.Clear();
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostSwitchAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || IsNew) return NotFound();
        await providers.SwitchAsync(Provider, !Provider.IsEnabled, cancel);
        return Saved($"/{Provider.Id}");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || IsNew) return NotFound();
        await providers.RemoveAsync(Provider, cancel);
        return Saved("");
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        Roles = [.. (await db.Roles.AsNoTracking().OrderBy(r => r.NormalizedName).ToListAsync(cancel)).Select(r => new ProviderRoleChoice(r.Id, r.Name!, rights.MayGive(r.Name!)))];
        if (IsNew)
        {
            if (NewId == Guid.Empty || await providers.FindAsync(NewId, cancel) is not null) NewId = Guid.CreateVersion7();
            Provider = new() { Id = NewId };
            return true;
        }
        Provider = Guid.TryParse(Id, out var id) ? (await providers.FindAsync(id, cancel))! : null!;
        return Provider is not null;
    }

    async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        if (!IsNew) Form = await providers.ReadAsync(Provider, cancel);
        AddRows();
        return Page();
    }

    void AddRows() => Form.Mappings.AddRange(Enumerable.Range(0, EmptyRows).Select(_ => new ClaimRole()));

    LocalRedirectResult Saved(string shown)
    {
        HttpContext.ToastAfterRedirect(new(text["Saved"]));
        return LocalRedirect($"{Request.PathBase}/sign-in-providers{shown}");
    }
}
