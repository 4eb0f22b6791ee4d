using Microsoft.AspNetCore.Mvc;
using TcCrm.Platform.Shell;

namespace TcCrm.Announcements;

/// <param name="Last">Who has confirmed it last, and when.</param>
public sealed record Readers(IReadOnlyList<(string Name, DateTime At)> Last, int Count);

/// <summary>Beside an announcement: who has confirmed that they have read it.</summary>
[ViewComponent(Name = "AnnouncementReaders")]
public sealed class AnnouncementReaders(NoticeBoard board, RecordLabels labels) : ViewComponent
{
    const int Most = 10;

    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        var (last, count) = await board.ReadersAsync(recordId, Most, HttpContext.RequestAborted);
        await labels.LoadUsersAsync(last.Select(r => (Guid?)r.UserId), HttpContext.RequestAborted);
        return View(new Readers([.. last.Select(r => (labels.UserName(r.UserId), board.Local(r.At)))], count));
    }
}
