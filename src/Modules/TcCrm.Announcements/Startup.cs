using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.Announcements;

public sealed class Startup : StartupBase
{
    const string Group = "Organisation";
    /// <summary>Sees what is meant for them, on the home page and on the notice board; who writes announcements has the rights of the record type.</summary>
    public const string Read = "ReadAnnouncements";

    public override void ConfigureServices(IServiceCollection services) => services.AddScoped<NoticeBoard>();

    public override void Contribute(Contributions contributions) => contributions
        .Add(new Permission(Read, "Read announcements"))
        .Add(new MenuItem(Group, "Notice board", "message", "~/announcements", Read, Order: 870))
        .Add(new MenuItem(Group, "announcements.announcement.plural", "notes", "~/announcements/announcement", "Edit_announcements.announcement", Order: 880))
        .Add(new HomePanel("AnnouncementsAtHome", Read, Order: 10))
        .Add(new Slot("announcements.announcement", "side", "Read by", "AnnouncementReaders"))
        .Add<IRecordRule, AnnouncementEndsAfterItBegins>();
}
