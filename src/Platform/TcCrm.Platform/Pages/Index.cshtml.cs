using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Pages.Home;

namespace TcCrm.Platform.Pages;

public sealed class IndexModel(HomeBoard board) : PageModel
{
    public HomeView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        View = await board.ReadAsync(cancel);
        return Page();
    }
}
