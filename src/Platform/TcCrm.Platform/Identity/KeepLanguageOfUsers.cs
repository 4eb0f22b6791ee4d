using FluentMigrator;

namespace TcCrm.Platform.Identity;

[Migration(202611220111)]
public sealed class KeepLanguageOfUsers : ForwardOnlyMigration
{
    public override void Up() => Alter.Table("users").AddColumn("language").AsString(10).Nullable();
}
