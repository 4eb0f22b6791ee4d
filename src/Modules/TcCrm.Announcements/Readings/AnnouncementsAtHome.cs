using Microsoft.AspNetCore.Mvc;

namespace TcCrm.Announcements;

/// <summary>What somebody has not read yet, at the top of their home page; nothing where there is nothing.</summary>
[ViewComponent(Name = "AnnouncementsAtHome")]
public sealed class AnnouncementsAtHome(NoticeBoard board) : ViewComponent
{
    const int Most = 5;

    public async Task<IViewComponentResult> InvokeAsync() =>
        await board.ReadAsync(Most, unreadOnly: true, HttpContext.RequestAborted) is { Count: > 0 } notices ? View(notices) : Content("");
}
