using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity.OpenId;

namespace TcCrm.Platform.Pages.SignInProviders;

[Feature(OpenIdClientStartup.Id)]
public sealed class IndexModel(Identity.OpenId.SignInProviders providers) : PageModel
{
    public IReadOnlyList<SignInProvider> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Rows = await providers.ListAsync(cancel);
}
