using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Pages.Sharing;

public sealed class IndexModel(SharingRules rules, ShareTargets targets) : PageModel
{
    public IReadOnlyList<SharingRule> Rules { get; private set; } = [];
    public ShareTargets Targets => targets;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Rules = await rules.ReadAsync(cancel);
        await targets.LoadAsync(cancel);
        await targets.LoadNamesAsync([.. Rules.Select(r => (r.WithKind, r.WithId))], cancel);
    }
}
