using FluentMigrator;

namespace TcCrm.Announcements;

[Migration(202611230001)]
public sealed class CreateAnnouncements : ForwardOnlyMigration
{
    const string Table = "announcements_announcement";

    public override void Up()
    {
        Create.RecordTable(Table)
            .WithColumn("title").AsString(200).NotNullable()
            .WithColumn("body").AsString(int.MaxValue).NotNullable()
            .WithColumn("audience_id").AsGuid().Nullable()
            .WithColumn("show_from").AsDate().Nullable()
            .WithColumn("show_until").AsDate().Nullable()
            .WithColumn("is_pinned").AsBoolean().NotNullable();
        Create.FieldIndexes(Table, "title", "audience_id", "show_from", "show_until", "is_pinned");
        Execute.RecycleBinIndex(Table);
        Create.Table("announcement_reading").WithColumn("announcement_id").AsGuid().PrimaryKey().WithColumn("user_id").AsGuid().PrimaryKey().WithColumn("at").AsMoment().NotNullable();
    }
}
