using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TcCrm.Announcements.Pages;

/// <summary>Everything that is in force for the user.</summary>
public sealed class IndexModel(NoticeBoard board) : PageModel
{
    const int Most = 200;

    public IReadOnlyList<Notice> Notices { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Notices = await board.ReadAsync(Most, unreadOnly: false, cancel);
}
