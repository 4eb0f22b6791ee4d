using FluentMigrator;

namespace TcCrm.Platform.Permissions;

/// <summary>A share may end on a day; a role may be switched off.</summary>
[Migration(202611230050)]
public sealed class WidenSharing : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("record_share").AddColumn("until").AsDate().Nullable();
        Alter.Table("roles").AddColumn("is_enabled").AsBoolean().NotNullable().WithDefaultValue(true);
    }
}
