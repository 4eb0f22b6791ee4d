using FluentMigrator;

namespace TcCrm.Platform.Events;

[Migration(202611232055)]
public sealed class KeepDetailsOfEvents : ForwardOnlyMigration
{
    public override void Up() => Alter.Table("outbox_entry").AddColumn("details").AsString(int.MaxValue).Nullable();
}
