using TcCrm.Platform.Identity;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Pages.Account;

/// <summary>For <c>_Sessions</c>.</summary>
/// <param name="Present">The one that looks at the page; null on another user's page.</param>
/// <param name="Action">Address of the page, whose handlers <c>EndSession</c> and <c>EndSessions</c> are posted to.</param>
public sealed record SessionList(IReadOnlyList<UserSession> Sessions, Guid? Present, string Action, TimeZoneInfo Zone)
{
    public string Local(DateTime moment) => TimeZoneInfo.ConvertTimeFromUtc(moment, Zone).ToMinute();
}
