using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Announcements;

/// <summary>That somebody has read an announcement, once.</summary>
[PrimaryKey(nameof(AnnouncementId), nameof(UserId))]
public sealed class AnnouncementReading : IPlatformEntity
{
    public Guid AnnouncementId { get; init; }
    public Guid UserId { get; init; }
    public DateTime At { get; init; }
}
