using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Pages.Records;
using TcCrm.Ui;

namespace TcCrm.Announcements.Pages;

public sealed class ShowModel(NoticeBoard board, IText text) : PageModel
{
    public Notice Notice { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await board.FindAsync(id, cancel) is not { } notice) return NotFound();
        Notice = notice;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (await board.FindAsync(id, cancel) is null) return NotFound();
        await board.ConfirmAsync(id, cancel);
        return this.Done($"~/announcements/{id}", new(text["Confirmed as read"]));
    }
}
