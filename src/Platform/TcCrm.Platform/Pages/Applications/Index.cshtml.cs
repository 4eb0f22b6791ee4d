using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity.OpenId;

namespace TcCrm.Platform.Pages.Applications;

[Feature(OpenIdServerStartup.Id)]
public sealed class IndexModel(Identity.OpenId.Applications applications) : PageModel
{
    public IReadOnlyList<OpenIdApplication> Rows { get; private set; } = [];
    public string Discovery => OpenIdPrincipals.AddressOf(Request) + "/.well-known/openid-configuration";

    public async Task OnGetAsync(CancellationToken cancel) => Rows = await applications.ListAsync(cancel);
}
