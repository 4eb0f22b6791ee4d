using FluentMigrator;

namespace TcCrm.Platform.Identity;

[Migration(202611230503)]
public sealed class CreateViewing : ForwardOnlyMigration
{
    public override void Up() => Alter.Table("user_session")
        .AddColumn("viewed_user_id").AsGuid().Nullable().AddColumn("viewed_role_id").AsGuid().Nullable()
        .AddColumn("viewed_unit_id").AsGuid().Nullable().AddColumn("viewed_until").AsCustom("timestamptz").Nullable();
}
