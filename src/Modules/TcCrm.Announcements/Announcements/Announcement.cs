using System.ComponentModel.DataAnnotations;

namespace TcCrm.Announcements;

[Record("announcements.announcement", Icon = "message")]
public sealed class Announcement : Record
{
    [Required, StringLength(200), Title, Search] public string Title { get; set; } = "";
    [Required, LongText, Search] public string Body { get; set; } = "";
    /// <summary>For those who work in this unit or below it; empty for everybody.</summary>
    [Lookup("organisation.unit")] public Guid? AudienceId { get; set; }
    /// <summary>First day on which it is shown; empty for at once. In the tenant's zone.</summary>
    public DateOnly? ShowFrom { get; set; }
    /// <summary>Last day on which it is shown; empty for no end.</summary>
    public DateOnly? ShowUntil { get; set; }
    /// <summary>Stands above the others.</summary>
    public bool IsPinned { get; set; }
}

public sealed class AnnouncementScreens : RecordScreens<Announcement>
{
    public AnnouncementScreens()
    {
        Columns(a => a.Title, a => a.AudienceId, a => a.ShowFrom, a => a.ShowUntil, a => a.IsPinned);
        Section("Announcement", a => a.Title, a => a.Body);
        Section("Whom and when", a => a.AudienceId, a => a.ShowFrom, a => a.ShowUntil, a => a.IsPinned);
    }
}

public sealed class AnnouncementEndsAfterItBegins : IRecordRule
{
    public string RecordType => "announcements.announcement";

    public ValueTask CheckAsync(Record record, ICollection<RecordProblem> problems, CancellationToken cancel)
    {
        var announcement = (Announcement)record;
        if (announcement.ShowUntil < announcement.ShowFrom) problems.Add(new(nameof(Announcement.ShowUntil), "The last day lies before the first."));
        return ValueTask.CompletedTask;
    }
}
