using FluentMigrator;

namespace TcCrm.Platform.Pages.Records;

[Migration(202611220031)]
public sealed class CreateFormPosts : ForwardOnlyMigration
{
    public override void Up() => Create.Table("form_post")
        .WithColumn("id").AsGuid().PrimaryKey()
        .WithColumn("record_id").AsGuid().NotNullable()
        .WithColumn("at").AsMoment().NotNullable().Indexed();
}
