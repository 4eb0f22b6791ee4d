using FluentMigrator;

namespace TcCrm.Platform.Jobs;

[Migration(202611220701)]
public sealed class CreateJobs : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("job").WithColumn("id").AsGuid().PrimaryKey().WithColumn("kind").AsString(100).NotNullable()
            .WithColumn("arguments").AsString(int.MaxValue).NotNullable().WithColumn("state").AsInt32().NotNullable()
            .WithColumn("done").AsInt32().NotNullable().WithColumn("total").AsInt32().NotNullable()
            .WithColumn("is_cancel_asked").AsBoolean().NotNullable().WithColumn("error").AsString(int.MaxValue).Nullable()
            .WithColumn("user_id").AsGuid().Nullable().WithColumn("created_at").AsMoment().NotNullable()
            .WithColumn("started_at").AsMoment().Nullable().WithColumn("ended_at").AsMoment().Nullable()
            .WithColumn("due_at").AsMoment().NotNullable().WithColumn("attempts").AsInt32().NotNullable();
        Create.Index("ix_job_due").OnTable("job").OnColumn("state").Ascending().OnColumn("due_at").Ascending();
    }
}
